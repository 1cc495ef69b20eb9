import type { Edition } from '../edition';
import { nl202305Deadlines } from './nl-2023-05.deadlines';
import { nl202305Tasks } from './nl-2023-05.tasks';

/**
 * The Dutch policy as it stands since 18 May 2023: the text of October 2015 with the changes known.
 * Never edited once a case has used it. Sources: VC15 = Aliens Circular B8/3 of 21 October 2015; WBV23 = decree WBV 2023/11;
 * VC12 = its predecessor of August 2012; VW15, VB15 = Aliens Act and Decree; RVB15 = the allowance regulation; SV15 = Code of
 * Criminal Procedure; "ours" = decided by this project, as no source gives a number.
 */
export const nl202305: Edition = {
  edition: 'NL-2023-05',
  from: '2023-05-18',
  source: 'VC15 B8/3 as amended by WBV23 (Stcrt. 2023, 13577)',
  reflection: {
    length: 'P3M',
    lengthByGround: { dublin: 'P30D' },
    source: 'VC15 B8/3: three months at most, once, never extended; WBV23: 30 days in Dublin cases',
  },
  permit: { maximum: 'P1Y', source: 'VB15 art. 3.58: at most a year at a time' },
  tasks: nl202305Tasks,
  deadlines: nl202305Deadlines,
  reminders: {
    task: { overdue: [1, 3, 7], escalated: [7], thenEveryMonday: ['overdue'] },
    statutoryTask: { overdue: [1, 2, 3, 5, 7], escalated: [2, 3, 5, 7], thenEveryMonday: ['overdue', 'escalated'] },
    passedDeadline: { days: [0, 1, 2, 3, 5, 7] },
    source: 'ours',
  },
  mail: { digestAt: '09:00', digestTriedUntil: '08:45', tryEvery: 'PT15M', alarmToDeputyAfter: 'PT1H', source: 'ours' },
  referral: { chaseEvery: 'P7D', source: 'ours' },
};
