/* The terms of edition NL-2015-10 for remedies, for a complaint and for departure. */

import type { DeadlineRule } from '../edition';

const beforeTheLastDay: DeadlineRule['warn'] = [
  { before: 'P14D', to: ['caseworker', 'lawyer'] },
  { before: 'P7D', to: ['caseworker', 'lawyer'] },
  { before: 'P3D', to: ['caseworker', 'lawyer'] },
  { before: 'P1D', to: ['caseworker', 'lawyer'] },
];
/** The text of the act was read as it stood in 2015. */
export const readOf2015 = {
  nl: 'Deze termijn is nagelezen in de wettekst van 2015.',
  en: 'This term was read in the text of the act as of 2015.',
};
export const laddersToBoth: DeadlineRule['onPassed'] = { mails: 'ladder', to: ['caseworker', 'supervisor'] };

/** Terms that a person loses a right by missing, and the terms of IND and for departure beside them. */
export const remedies = [
  {
    id: 'objection',
    appliesIn: 'NL',
    startedBy: ['permitRefused', 'permitEnded:withdrawn'],
    length: 'P28D',
    metBy: ['objectionFiled'],
    liftedBy: [],
    warn: beforeTheLastDay,
    onPassed: laddersToBoth,
    doubt: readOf2015,
    source: 'VW15 art. 69(1): four weeks; counted from the earliest day it could run from',
  },
  {
    id: 'objection-decision',
    appliesIn: 'NL',
    startedBy: ['objectionFiled', 'appealDecided:upheld'],
    length: 'P133D',
    countedFrom: 'objectionTerm',
    extendedBy: { what: 'objection', by: 'P91D' },
    isTermOfObjection: true,
    metBy: ['objectionDecided'],
    liftedBy: ['travelled'],
    warn: [
      { before: 'P14D', to: ['caseworker'] },
      { before: 'P1D', to: ['caseworker'] },
    ],
    onPassed: { mails: 'once', to: ['caseworker'] },
    doubt: readOf2015,
    source: 'VW15 art. 76: 19 weeks after the term to object has ended, extendable once by 13 weeks; ours: 19 weeks after a court undid it',
  },
  {
    id: 'appeal',
    appliesIn: 'NL',
    startedBy: ['objectionDecided:notUpheld'],
    length: 'P28D',
    metBy: ['appealFiled'],
    liftedBy: [],
    warn: beforeTheLastDay,
    onPassed: laddersToBoth,
    doubt: readOf2015,
    source: 'VW15 art. 69(1): four weeks',
  },
  {
    id: 'further-appeal',
    appliesIn: 'NL',
    startedBy: ['appealDecided:notUpheld'],
    length: 'P28D',
    metBy: ['appealFiled'],
    liftedBy: [],
    warn: beforeTheLastDay,
    onPassed: laddersToBoth,
    doubt: { nl: 'De termijn voor hoger beroep is niet nagelezen.', en: 'The term of a further appeal was not read.' },
    source: 'ours: four weeks; the term was not read',
  },
  {
    id: 'art12-complaint',
    appliesIn: 'NL',
    startedBy: ['caseDismissed:formalNotice'],
    length: 'P3M',
    countedFrom: 'knownOn',
    metBy: ['complaintFiled'],
    liftedBy: [],
    warn: beforeTheLastDay,
    onPassed: laddersToBoth,
    source: 'SV15 art. 12l(2): three months after the person knew of a formal notice',
  },
  {
    id: 'departure-term',
    appliesIn: 'NL',
    startedBy: ['mustLeave'],
    length: 'P28D',
    metBy: [],
    liftedBy: [
      'travelled',
      'permitGranted',
      'objectionFiled:suspends',
      'objectionDecided:upheld',
      'appealDecided:upheld:departureSuspended',
      'interimMeasureDecided:granted',
      'reflectionStarted',
      'becomesApplicant',
    ],
    warn: beforeTheLastDay.map(({ before, to }) => ({ before, to: [...to, 'careCoordinator'] })),
    onPassed: laddersToBoth,
    remark: {
      nl: 'Met deze termijn eindigt de toelage, tenzij bezwaar is gemaakt.',
      en: 'The allowance ends with this term, unless an objection is filed.',
    },
    doubt: readOf2015,
    source:
      'VW15 art. 62: four weeks; VW15 art. 73: an objection in time suspends it; RVB15: the allowance ends with it, unless an objection is filed',
  },
] as const satisfies readonly DeadlineRule[];
