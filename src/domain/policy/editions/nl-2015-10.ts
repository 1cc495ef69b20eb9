import type { Edition } from '../edition';
import { nl201510Deadlines, riskAssessmentValid } from './nl-2015-10.deadlines';
import { nl201510Tasks } from './nl-2015-10.tasks';

/**
 * The Dutch policy of 21 October 2015, the last text that was read in full. Later editions name only their changes to it. It is never
 * edited once a case has used it. Sources:
 * VC15: Aliens Circular B8/3 of 21 October 2015.
 * VCA15: the same, part A, on departure with the help of IOM.
 * VC12: its predecessor of August 2012.
 * VW15, VB15: Aliens Act and Decree.
 * RVB15: the allowance regulation.
 * SV15: Code of Criminal Procedure.
 * "ours": decided by this project, as no source gives a number.
 */
export const nl201510: Edition = {
  edition: 'NL-2015-10',
  from: '2015-10-21',
  source: 'VC15 B8/3',
  reflection: {
    length: 'P3M',
    lengthByGround: {},
    doubt: {
      nl: 'De tekst noemt geen moment waarop de bedenktijd ingaat.',
      en: 'The text names no moment at which the period begins.',
    },
    doubtByGround: {
      asylumSeeker: {
        doubt: {
          nl: 'De bedenktijd is naar de tekst voor vreemdelingen zonder rechtmatig verblijf; wie asiel vraagt heeft dat.',
          en: 'By the text the period is for people without lawful stay; a person who asks for asylum has it.',
        },
      },
    },
    source: 'VC15 B8/3: three months at most, once, never extended; Dublin cases too',
    expirySource: 'VC12: the suspension of departure ends',
  },
  permit: { maximum: 'P1Y', source: 'VB15 art. 3.58: at most a year at a time' },
  humanitarianPermit: {
    grounds: ['threatStatementIssued', 'medicalStatementReceived'],
    doubt: {
      nl: 'De tekst sluit verlenging van deze vergunning uit; nieuwere voorlichting noemt verlenging mogelijk.',
      en: 'The text excludes a renewal of this permit; newer public guidance calls a renewal possible.',
    },
    source: 'VC15 B8/3: a police statement that the person is a victim, and serious threat or medical or psychological limits',
  },
  safeReturn: { riskAssessmentValid, source: 'ours; BG-RISK: assessed anew at every development' },
  tasks: nl201510Tasks,
  deadlines: nl201510Deadlines,
  reminders: {
    task: { soon: [1], due: [0], overdue: [1, 3, 7], escalated: [7], thenEveryMonday: ['overdue'] },
    statutoryTask: {
      soon: [1],
      due: [0],
      overdue: [1, 2, 3, 5, 7],
      escalated: [2, 3, 5, 7],
      thenEveryMonday: ['overdue', 'escalated'],
    },
    passedDeadline: { ladder: [0, 1, 2, 3, 5, 7], once: [0] },
    source: 'ours',
  },
  mail: {
    digestAt: '09:00',
    digestTriedUntil: '08:45',
    mailedAtOnceWithin: 'P0D',
    tryEvery: 'PT15M',
    alarmToDeputyAfter: 'PT1H',
    unreachedAfter: 'PT24H',
    perhaps: { tryAfter: 'PT4H', sends: 3 },
    source: 'ours',
  },
  referral: { chaseEvery: 'P7D', source: 'ours' },
  notices: { overdue: [1], thenEvery: 'P7D', source: 'ours' },
};
