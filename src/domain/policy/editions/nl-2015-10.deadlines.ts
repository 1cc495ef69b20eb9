/* The deadlines of edition NL-2015-10. */

import type { Period } from '../../basics/calendar';
import type { DeadlineRule } from '../edition';

const beforeTheLastDay: DeadlineRule['warn'] = [
  { before: 'P14D', to: ['caseworker', 'lawyer'] },
  { before: 'P7D', to: ['caseworker', 'lawyer'] },
  { before: 'P3D', to: ['caseworker', 'lawyer'] },
  { before: 'P1D', to: ['caseworker', 'lawyer'] },
];
const laddersToBoth: DeadlineRule['onPassed'] = { mails: 'ladder', to: ['caseworker', 'supervisor'] };

/** How long travel may rest on a risk assessment. */
export const riskAssessmentValid = 'P30D';

const deadlines = [
  {
    id: 'reflection-period',
    appliesIn: 'anyCountry',
    isReflectionPeriod: true,
    startedBy: ['reflectionStarted'],
    length: 'periodEnd',
    metBy: ['period:cooperated', 'period:declined'],
    liftedBy: ['period:departedUnknown', 'period:otherApplication', 'travelled'],
    quietedBy: ['routeDecided', 'cooperated', 'departedUnknown', 'leaving:decision'],
    warn: [
      { before: 'P42D', to: ['caseworker'] },
      { before: 'P28D', to: ['caseworker'] },
      { before: 'P14D', to: ['caseworker', 'careCoordinator'] },
      { before: 'P7D', to: ['caseworker', 'careCoordinator', 'supervisor'] },
      { before: 'P3D', to: ['caseworker', 'careCoordinator', 'supervisor'] },
      { before: 'P1D', to: ['caseworker', 'careCoordinator', 'supervisor'] },
    ],
    onPassed: { ...laddersToBoth, forGood: true },
    source: 'VC15 B8/3; VC12 for the end by silence',
  },
  {
    id: 'ind-decision-target',
    appliesIn: 'NL',
    startedBy: ['m55Sent:victim'],
    length: 'PT24H',
    metBy: ['permitGranted', 'permitRefused'],
    liftedBy: ['applicationWithdrawn'],
    warn: [],
    onPassed: { mails: 'once', to: ['caseworker'] },
    source: 'VC15 B8/3: a target of 24 hours after the sending, for victims, not for witnesses',
  },
  {
    id: 'ind-decision',
    appliesIn: 'NL',
    startedBy: ['applicationSent', 'm55Sent'],
    length: 'P90D',
    extendedBy: { trigger: 'decisionTermExtended', length: 'P6M' },
    oneAtATime: true,
    metBy: ['permitGranted', 'permitRefused'],
    liftedBy: ['applicationWithdrawn', 'travelled'],
    warn: [
      { before: 'P14D', to: ['caseworker'] },
      { before: 'P1D', to: ['caseworker'] },
    ],
    onPassed: { mails: 'once', to: ['caseworker'] },
    source: 'VW15 art. 25: 90 days, extendable once to six months',
  },
  {
    id: 'permit-end',
    appliesIn: 'anyCountry',
    startedBy: ['permitGranted', 'permitRenewed'],
    length: 'permitEnd',
    metBy: ['permitRenewed', 'permitGranted'],
    liftedBy: ['permitEnded', 'travelled'],
    warn: [
      { before: 'P90D', to: ['caseworker'] },
      { before: 'P60D', to: ['caseworker'] },
      { before: 'P30D', to: ['caseworker', 'supervisor'] },
      { before: 'P7D', to: ['caseworker', 'supervisor'] },
    ],
    onPassed: laddersToBoth,
    source: 'VB15 art. 3.58',
  },
  {
    id: 'objection',
    appliesIn: 'NL',
    startedBy: ['permitRefused', 'permitEnded'],
    length: 'P28D',
    metBy: ['objectionFiled'],
    liftedBy: [],
    warn: beforeTheLastDay,
    onPassed: laddersToBoth,
    source: 'VW15 art. 69: four weeks; counted from the earliest day it could run from',
  },
  {
    id: 'art12-complaint',
    appliesIn: 'NL',
    startedBy: ['caseDismissed:formalNotice'],
    length: 'P3M',
    metBy: ['complaintFiled'],
    liftedBy: [],
    warn: beforeTheLastDay,
    onPassed: laddersToBoth,
    source: 'SV15 art. 12k: three months after a formal notice',
  },
  {
    id: 'departure-term',
    appliesIn: 'NL',
    startedBy: ['returnDecisionIssued'],
    length: 'P28D',
    metBy: [],
    liftedBy: ['travelled', 'permitGranted'],
    warn: beforeTheLastDay.map(({ before, to }) => ({ before, to: [...to, 'careCoordinator'] })),
    onPassed: laddersToBoth,
    source: 'VW15 art. 62: four weeks; RVB15: the allowance ends with it',
  },
  {
    id: 'risk-assessment',
    appliesIn: 'anyCountry',
    startedBy: ['travelRiskAccepted'],
    countedFrom: 'riskAssessment',
    length: riskAssessmentValid,
    metBy: ['riskAssessedAnew'],
    liftedBy: ['leaving:safeReturn'],
    warn: [
      { before: 'P7D', to: ['careCoordinator'] },
      { before: 'P1D', to: ['careCoordinator'] },
    ],
    onPassed: laddersToBoth,
    source: 'ours; BG-RISK: assessed anew at every development',
  },
  {
    id: 'arrival-confirmation',
    appliesIn: 'anyCountry',
    startedBy: ['travelled'],
    length: 'P1D',
    metBy: ['arrivalConfirmed'],
    liftedBy: [],
    warn: [],
    onPassed: { mails: 'ladder', to: ['caseworker', 'supervisor'], alarm: ['caseworker', 'supervisor', 'returnCounsellor'] },
    source: 'ours',
  },
  followUp('follow-up-1', 'P1M'),
  followUp('follow-up-2', 'P3M'),
  followUp('follow-up-3', 'P6M'),
  followUp('follow-up-4', 'P12M'),
] as const satisfies readonly DeadlineRule[];

/** The deadlines of edition NL-2015-10 (docs/policy.md, section 5); warnings and addressees are ours. */
export const nl201510Deadlines: readonly DeadlineRule[] = deadlines;

export type DeadlineId201510 = (typeof deadlines)[number]['id'];

/** A contact after the return, if the person wants it. */
function followUp<Id extends `follow-up-${number}`>(id: Id, length: Period): DeadlineRule & { readonly id: Id } {
  return {
    id,
    appliesIn: 'anyCountry',
    isFollowUp: true,
    startedBy: ['arrivalConfirmed:followUpWanted'],
    length,
    metBy: [`followUpDone:${id}`],
    liftedBy: ['followUpStopped'],
    warn: [
      { before: 'P1D', to: ['caseworker', 'returnCounsellor'] },
      { before: 'P0D', to: ['caseworker', 'returnCounsellor'] },
    ],
    onPassed: { mails: 'once', to: ['caseworker'] },
    source: 'ours: no source gives a length; about 1, 3, 6 and 12 months is common practice',
  };
}
