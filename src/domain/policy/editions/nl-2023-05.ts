import type { DeadlineRule, Edition, TaskRule } from '../edition';
import { nl201510 } from './nl-2015-10';

const tasks = [
  {
    id: 'report-in-time',
    kind: 'residence',
    appliesIn: 'NL',
    plannedBy: ['intake', 'isDublin'],
    onlyIf: ['dublin'],
    unlessRecorded: ['cooperated'],
    due: { afterAsylumRequest: 'P3M' },
    owner: 'caseworker',
    doneBy: ['cooperated'],
    lapsesOn: ['notDublin'],
    source: 'WBV19: a report counts within three months of the asylum request',
  },
] as const satisfies readonly TaskRule[];

const deadlines = [
  {
    id: 'presence-assessment',
    appliesIn: 'NL',
    startedBy: ['becomesApplicant:dublin'],
    length: 'P28D',
    oneAtATime: true,
    metBy: ['presenceAssessed'],
    liftedBy: ['leaving:permitApplication', 'notDublin'],
    warn: [],
    onPassed: { mails: 'once', to: ['caseworker'] },
    source: 'WBV19: the prosecution says whether the presence of the person is necessary; KST19: a target of four working weeks',
  },
] as const satisfies readonly DeadlineRule[];

export type TaskId202305 = (typeof tasks)[number]['id'];
export type DeadlineId202305 = (typeof deadlines)[number]['id'];

/**
 * The Dutch policy as it stands since 18 May 2023: the text of October 2015 with the changes known. The military police may
 * now offer the period everywhere, which no number says. All other numbers: nl-2015-10.ts and its tables. Sources:
 * WBV23 = decree WBV 2023/11 (Stcrt. 2023, 13577), of which the opening was read.
 * WBV19 = decree WBV 2019/10 on Dublin cases.
 * WEGW-STAY = the public guidance on stay.
 */
export const nl202305: Edition = {
  ...nl201510,
  edition: 'NL-2023-05',
  from: '2023-05-18',
  source: 'VC15 B8/3 as amended by WBV23',
  reflection: {
    ...nl201510.reflection,
    lengthByGround: { dublin: 'P30D' },
    source: 'VC15 B8/3: three months at most, once, never extended; WBV23: 30 days in Dublin cases',
  },
  humanitarianPermit: {
    ...nl201510.humanitarianPermit,
    grounds: [...nl201510.humanitarianPermit.grounds, 'minority'],
    doubtByGround: {
      minority: {
        doubt: {
          nl: 'Welk bewijs bij minderjarigheid hoort, is niet nagelezen.',
          en: 'The evidence that goes with minority was not read.',
        },
      },
    },
    source: `${nl201510.humanitarianPermit.source}; WEGW-STAY: or being a minor`,
  },
  tasks: [...nl201510.tasks, ...tasks],
  deadlines: [...nl201510.deadlines, ...deadlines],
};
