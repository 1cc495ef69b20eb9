/* The deadlines of edition NL-2015-10. */

import type { Period } from '../../basics/calendar';
import type { DeadlineRule } from '../edition';
import { laddersToBoth, readOf2015, remedies } from './nl-2015-10.remedies';

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
    startedBy: ['m55Sent:hasTarget'],
    length: 'PT24H',
    metBy: ['permitGranted', 'permitRefused'],
    liftedBy: ['applicationWithdrawn'],
    warn: [],
    onPassed: { mails: 'once', to: ['caseworker'] },
    source: 'VC15 B8/3: a target of 24 hours after the sending, for victims, not for witnesses; WBV19: not in Dublin cases',
  },
  {
    id: 'ind-decision',
    appliesIn: 'NL',
    startedBy: ['applicationSent', 'm55Sent', 'refusalUndone'],
    length: 'P90D',
    extendedBy: { what: 'application', by: 'P6M' },
    oneAtATime: true,
    metBy: ['permitGranted', 'permitRefused', 'permitRenewed:pendingRenewal'],
    liftedBy: ['applicationWithdrawn', 'travelled'],
    warn: [
      { before: 'P14D', to: ['caseworker'] },
      { before: 'P1D', to: ['caseworker'] },
    ],
    onPassed: { mails: 'once', to: ['caseworker'] },
    doubt: readOf2015,
    source: 'VW15 art. 25(2): 90 days, extendable once by six months; ours: it runs anew from the decision that undoes a refusal',
  },
  {
    id: 'transfer-term',
    appliesIn: 'NL',
    startedBy: ['transferTermSet'],
    length: 'asTold',
    isMoved: true,
    metBy: [],
    liftedBy: ['permitGranted', 'travelled', 'notDublin'],
    warn: [
      { before: 'P30D', to: ['caseworker', 'lawyer'] },
      { before: 'P14D', to: ['caseworker', 'lawyer'] },
      { before: 'P7D', to: ['caseworker', 'lawyer'] },
      { before: 'P1D', to: ['caseworker', 'lawyer'] },
    ],
    onPassed: { mails: 'once', to: ['caseworker', 'lawyer'] },
    remark: {
      nl: 'Geen aangifte, bezwaar of voorziening houdt deze termijn tegen. Na afloop kan Nederland verantwoordelijk zijn: vraag het de advocaat.',
      en: 'No report, objection or measure stops this term. After it the Netherlands may be responsible: ask the lawyer.',
    },
    source: 'CJEU-TERM, RVS23: no report, objection or measure stops it; then the Netherlands may be responsible',
  },
  {
    id: 'permit-end',
    appliesIn: 'anyCountry',
    startedBy: ['permitGranted', 'permitRenewed', 'permitRunsAgain'],
    length: 'permitEnd',
    metBy: ['permitRenewed', 'permitGranted'],
    liftedBy: ['permitEnded', 'travelled'],
    warn: [{ before: 'P7D', to: ['caseworker', 'supervisor'] }],
    onPassed: laddersToBoth,
    source: 'VB15 art. 3.58',
  },
  {
    id: 'renewal-application',
    appliesIn: 'anyCountry',
    startedBy: ['renewablePermitBegins', 'renewalOpensAgain'],
    length: 'permitEnd',
    metBy: ['applicationSent:renewal', 'applicationSent:longerStay', 'permitRenewed', 'permitGranted'],
    liftedBy: ['permitEnded', 'travelled'],
    warn: [
      { before: 'P90D', to: ['caseworker'] },
      { before: 'P60D', to: ['caseworker'] },
      { before: 'P30D', to: ['caseworker', 'supervisor'] },
      { before: 'P14D', to: ['caseworker', 'supervisor'] },
      { before: 'P7D', to: ['caseworker', 'supervisor'] },
      { before: 'P1D', to: ['caseworker', 'supervisor'] },
    ],
    onPassed: { mails: 'ladder', to: ['caseworker', 'supervisor'], alarm: ['caseworker', 'supervisor', 'lawyer'] },
    source: 'VB15 art. 3.58: a permit is renewed on application; the days are ours',
  },
  {
    id: 'three-years',
    appliesIn: 'NL',
    startedBy: ['permitChainBegins', 'permitChainGoesOn', 'renewalOpensAgain'],
    length: 'P3Y',
    countedFrom: 'permitChain',
    metBy: ['applicationSent:longerStay'],
    liftedBy: ['permitEnded', 'permitChainBreaks', 'travelled'],
    warn: [
      { before: 'P90D', to: ['caseworker', 'lawyer'] },
      { before: 'P30D', to: ['caseworker', 'lawyer'] },
    ],
    onPassed: { mails: 'once', to: ['caseworker', 'lawyer'] },
    source: 'VC15 B9/12: three years on the permit; RB-DHA 2017:12768: without interruption',
  },
  ...remedies,
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
