/* The tasks of edition NL-2015-10. */

import type { TaskRule, Gate } from '../edition';

const allowanceOfEuCitizens = {
  nl: 'Een burger van de Unie in een vrouwenopvang kan in de eerste drie maanden in Nederland de toelage krijgen (Rvb art. 2 lid 1 onder g).',
  en: "A citizen of the Union in a women's shelter may have the allowance in the first three months here (Rvb art. 2(1)(g)).",
};

/** Help is planned when the person leaves intake, whichever way (docs/policy.md, rule 1). */
// prettier-ignore
const assistance = [
  { id: 'safety-plan', kind: 'safety', appliesIn: 'anyCountry', plannedBy: ['care'], due: { after: 'P3D' }, owner: 'careCoordinator', source: 'ours' },
  { id: 'contact-person', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['care'], due: { after: 'P3D' }, owner: 'careCoordinator', source: 'ours' },
  { id: 'lawyer-offered', kind: 'legal', appliesIn: 'anyCountry', plannedBy: ['care'], due: { after: 'P3D' }, owner: 'caseworker', source: 'VC15 B8/3: legal aid; the days are ours' },
  { id: 'medical-examination-tb', kind: 'medical', appliesIn: 'anyCountry', plannedBy: ['care'], due: { after: 'P14D' }, owner: 'careCoordinator', source: 'VC15 B8/3: examination with TB screening; the days are ours' },
  { id: 'care-plan', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['care'], due: { after: 'P14D' }, owner: 'careCoordinator', source: 'ours' },
  { id: 'correspondence-address', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['care'], due: { after: 'P14D' }, owner: 'careCoordinator', source: 'VC12; the days are ours' },
  { id: 'legal-information', kind: 'legal', appliesIn: 'anyCountry', plannedBy: ['care'], due: { after: 'P14D' }, owner: 'caseworker', source: 'VC15 B8/3; the days are ours' },
  // The future here and at home, spoken of early and never pushed.
  { id: 'options-talk', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['care'], due: { after: 'P14D' }, owner: 'caseworker', source: 'CM-SAFE; the days are ours' },
  { id: 'risk-and-plan-review', kind: 'safety', appliesIn: 'anyCountry', plannedBy: ['care', 'careAgain'], due: { every: 'P1M' }, owner: 'careCoordinator', lapsesOn: ['entering:contactLost', 'entering:aftercare'], source: 'BG-RISK; monthly is ours' },
  { id: 'school-enrolment', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['care', 'ageAssessed:afterCare'], onlyIf: ['minorOrDependants'], unlessBefore: 'done', due: { after: 'P14D' }, owner: 'careCoordinator', lapsesOn: ['noChildren'], source: 'ours' },
  { id: 'youth-health-check', kind: 'medical', appliesIn: 'anyCountry', plannedBy: ['care', 'ageAssessed:afterCare'], onlyIf: ['minorOrDependants'], unlessBefore: 'done', due: { after: 'P14D' }, owner: 'careCoordinator', lapsesOn: ['noChildren'], source: 'ours' },
  { id: 'compensation-talk', kind: 'legal', appliesIn: 'anyCountry', plannedBy: ['care'], unlessRecorded: ['compensationArranged'], due: { after: 'P28D' }, owner: 'caseworker', doneBy: ['compensationArranged'], lapsesOn: ['travelled'], source: 'AMH13: compensation is part of the care for victims; the days are ours' },
  { id: 'income-support', kind: 'financial', appliesIn: 'anyCountry', plannedBy: ['care'], insteadOf: 'rvb-form', noteFor: { euCitizen: allowanceOfEuCitizens }, due: { after: 'P14D' }, owner: 'careCoordinator', lapsesOn: ['travelled'], source: 'ours; RVB15 art. 2(1)(g) for the note' },
] as const satisfies readonly TaskRule[];

/** The first hours and days. */
// prettier-ignore
const intake = [
  { id: 'informative-interview', kind: 'legal', appliesIn: 'anyCountry', plannedBy: ['intake', 'policeContactAllowed'], onlyIf: ['notHidden'], due: { after: 'P2D' }, owner: 'police', doneBy: ['interviewHeld', 'reflectionStarted', 'cooperated'], source: 'AMH13; the days are ours' },
  { id: 'safety-assessment', kind: 'safety', appliesIn: 'anyCountry', plannedBy: ['intake'], due: { after: 'PT24H' }, owner: 'caseworker', doneBy: ['riskAssessed'], source: 'ours' },
  { id: 'urgent-medical-check', kind: 'medical', appliesIn: 'anyCountry', plannedBy: ['intake'], due: { after: 'PT24H' }, owner: 'careCoordinator', source: 'ours' },
  { id: 'interpreter', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['intake'], due: { after: 'PT24H' }, owner: 'caseworker', source: 'ours' },
  { id: 'own-language-information', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['intake'], due: { after: 'PT24H' }, owner: 'caseworker', source: 'ours' },
  { id: 'safe-bed', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['intake'], needsConsent: 'placement', due: { after: 'PT24H' }, owner: 'careCoordinator', source: 'ours; placement needs consent (CM-GDPR)' },
  { id: 'phone-and-location-safety', kind: 'safety', appliesIn: 'anyCountry', plannedBy: ['intake'], due: { after: 'PT24H' }, owner: 'caseworker', source: 'ours' },
  { id: 'minor-check', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['intake'], due: { after: 'PT24H' }, owner: 'careCoordinator', doneBy: ['ageAssessed'], source: 'ours' },
  { id: 'guardian', kind: 'social', appliesIn: 'anyCountry', statutory: true, plannedBy: ['intake', 'ageAssessed'], onlyIf: ['unaccompaniedMinorWithoutGuardian'], unlessRecorded: ['guardianNamed'], due: { after: 'PT24H' }, owner: 'careCoordinator', doneBy: ['guardianNamed'], lapsesOn: ['notAMinor'], appointsGuardian: true, source: 'VC15 B8/3: authority must be provided for; the hours are ours' },
  { id: 'ask-police-contact', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['intake', 'entering:intake'], onlyIf: ['hidden'], due: { after: 'PT24H' }, owner: 'caseworker', doneBy: ['consentGiven:policeContact'], lapsesOn: ['leaving:intake'], asksForPoliceContact: true, source: 'ours; CM-GDPR: nobody but the police registers a person without their consent' },
  { id: 'offer-reflection-period', kind: 'residence', appliesIn: 'NL', statutory: true, plannedBy: ['intake', 'entering:intake', 'schemeOpensInIntake', 'policeContactAllowed:inIntake'], onlyIf: ['notEuOrDutch', 'hadNoPeriod', 'notHidden'], due: { after: 'PT24H' }, owner: 'police', doneBy: ['reflectionStarted', 'reflectionDeclined', 'cooperated'], lapsesOn: ['leaving:intake'], offersPeriod: true, source: 'VC15 B8/3: at the slightest indication; the hours are ours' },
  { id: 'comensha-registration', kind: 'social', appliesIn: 'anyCountry', statutory: true, plannedBy: ['intake', 'registrationOwed'], owedWithConsent: 'registration', due: { after: 'P1D' }, owner: 'police', registersPerson: true, source: 'VC15 B8/3: every presumed victim; CM-GDPR: with consent, unless the police register; the day is ours' },
] as const satisfies readonly TaskRule[];

/** The allowance is for whoever has the period or applies because of their cooperation; it ends when the permit is handed over. */
const allowance = {
  plannedBy: ['reflectionStarted', 'becomesApplicant'],
  unlessBefore: 'planned',
  lapsesOn: ['done:permit-handed'],
} as const satisfies Partial<TaskRule>;

/** The three months. */
// prettier-ignore
const reflection = [
  { id: 'm55-reflection-notice', kind: 'residence', appliesIn: 'NL', statutory: true, plannedBy: ['reflectionStarted'], due: { after: 'P1D' }, owner: 'police', lapsesOn: ['leaving:reflection'], source: 'VC15 B8/3: without delay' },
  { id: 'rvb-form', kind: 'financial', appliesIn: 'NL', statutory: true, ...allowance, due: { after: 'P3D' }, owner: 'police', source: 'VC15 B8/3; RVB15 art. 2(1)(a), (b): also while an application is pending; the days are ours' },
  { id: 'residence-document-asked', kind: 'residence', appliesIn: 'NL', plannedBy: ['reflectionStarted'], due: { after: 'P1D' }, owner: 'police', lapsesOn: ['leaving:reflection'], source: 'VC12 B9/3.2.4: IND makes the W2, a sticker goes in a valid passport; the day is ours' },
  { id: 'residence-document-handed', kind: 'residence', appliesIn: 'NL', plannedBy: ['reflectionStarted'], due: { after: 'P14D' }, owner: 'police', lapsesOn: ['leaving:reflection'], source: 'VC12 B9/3.2.4: the police hand it over; the days are ours' },
  { id: 'rvb-application', kind: 'financial', appliesIn: 'NL', statutory: true, ...allowance, due: { after: 'P14D' }, owner: 'careCoordinator', source: 'RVB15 art. 9(1): two weeks' },
  { id: 'first-allowance-paid', kind: 'financial', appliesIn: 'NL', ...allowance, due: { after: 'P42D' }, owner: 'careCoordinator', source: 'ours; RVB15 art. 10(2): paid monthly in arrears' },
  { id: 'reporting-duty', kind: 'residence', appliesIn: 'NL', statutory: true, plannedBy: ['reflectionStarted'], due: { eachAfter: ['P1M', 'P2M', 'P3M'] }, owner: 'police', lapsesOn: ['leaving:reflection', 'reportingDutySet'], source: 'VC15 B8/3: monthly' },
  { id: 'reporting-duty-as-set', namedAs: 'reporting-duty', kind: 'residence', appliesIn: 'NL', statutory: true, plannedBy: ['reportingDutySet:recurring', 'becomesApplicant:asWitness'], due: { everyAsSet: 'P1M' }, owner: 'police', lapsesOn: ['stageChanged', 'reportingDutySet', 'permitGranted', 'becomesApplicant'], source: 'VB15 art. 4.51(1): weekly, unless another term is set; VC12 B9/6.3: a witness monthly' },
  { id: 'decision-talk', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['reflectionStarted'], due: { eachBeforePeriodEnd: ['P49D', 'P28D', 'P14D', 'P7D'] }, owner: 'caseworker', lapsesOn: ['leaving:reflection'], source: 'ours' },
  { id: 'lawyer-consulted', kind: 'legal', appliesIn: 'anyCountry', plannedBy: ['reflectionStarted'], unlessRecorded: ['legalAdviceTaken'], due: { beforePeriodEnd: 'P28D' }, owner: 'caseworker', doneBy: ['legalAdviceTaken'], lapsesOn: ['cooperated'], source: 'ours' },
  { id: 'threat-and-medical-check', kind: 'legal', appliesIn: 'anyCountry', plannedBy: ['reflectionStarted'], unlessRecorded: ['threatStatementIssued', 'medicalStatementReceived'], due: { beforePeriodEnd: 'P21D' }, owner: 'caseworker', doneBy: ['threatStatementIssued', 'medicalStatementReceived'], lapsesOn: ['cooperated'], source: 'ours; VC15 B8/3 for the evidence' },
  { id: 'move-on-plan', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['reflectionStarted'], due: { after: 'P56D' }, owner: 'careCoordinator', lapsesOn: ['travelled'], source: 'ours' },
] as const satisfies readonly TaskRule[];

/** What follows an answer, a silence or a departure. */
// prettier-ignore
const decisions = [
  { id: 'm55-cooperation-notice', kind: 'residence', appliesIn: 'NL', statutory: true, plannedBy: ['becomesApplicant'], due: { after: 'P1D' }, owner: 'police', doneBy: ['applicationSent:cooperation', 'applicationSent:witness', 'applicationSent:employerCase'], lapsesOn: ['permitGranted', 'permitRefused', 'applicationWithdrawn'], startsDecisionTerm: true, source: 'VC15 B8/3: the notice is the application; the day is ours' },
  { id: 'm55-report-notice', kind: 'residence', appliesIn: 'NL', statutory: true, plannedBy: ['beginsToAwait'], due: { after: 'P1D' }, owner: 'police', lapsesOn: ['becomesApplicant'], source: 'VC12 B9/4.1, B9/5.1: the notice is then no application; the day is ours' },
  { id: 'applicant-document', kind: 'residence', appliesIn: 'NL', plannedBy: ['becomesApplicant'], due: { after: 'P3D' }, owner: 'police', lapsesOn: ['permitGranted', 'permitRefused', 'applicationWithdrawn'], source: 'VC12 B9/4.1.1, VV15 art. 3.9: the police hand it over; the days are ours' },
  { id: 'ask-reporting-duty', kind: 'residence', appliesIn: 'NL', plannedBy: ['becomesApplicant:notAsWitness', 'entering:decision:afterPeriod'], due: { after: 'P3D' }, owner: 'police', doneBy: ['reportingDutySet'], lapsesOn: ['stageChanged'], source: 'VB15 art. 4.51(1); the days are ours' },
  { id: 'individual-assessment', kind: 'safety', appliesIn: 'anyCountry', plannedBy: ['cooperated'], due: { after: 'P14D' }, owner: 'police', lapsesOn: ['travelled'], source: 'ours: the protection that a victim needs is assessed' },
  { id: 'copy-to-person', kind: 'legal', appliesIn: 'anyCountry', statutory: true, plannedBy: ['cooperated'], due: { after: 'P0D' }, owner: 'police', source: 'VC12 B9/4.1: at once' },
  { id: 'tell-ind', kind: 'residence', appliesIn: 'NL', statutory: true, plannedBy: ['cooperationEnded', 'declined:withoutCooperation'], due: { after: 'P1D' }, owner: 'police', lapsesOn: ['cooperated'], source: 'VC12: the police tell IND at once' },
  { id: 'tell-dtv', kind: 'residence', appliesIn: 'NL', plannedBy: ['expiry', 'declined:withoutCooperation'], due: { after: 'P1D' }, owner: 'police', tellsDtv: true, lapsesOn: ['expirySuperseded', 'cooperated', 'routeDecided:humanitarianPermit', 'routeDecided:otherProcedure', 'routeDecided:assistance'], source: 'VC12 B9/3.4: the aliens police tell DT&V when the person declines or the period runs out' },
  { id: 'confirm-answer', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['declineSignalled'], due: { after: 'P1D' }, owner: 'caseworker', doneBy: ['declined', 'cooperated'], source: 'ours' },
  { id: 'establish-contact', kind: 'safety', appliesIn: 'anyCountry', statutory: true, plannedBy: ['contactMissed'], due: { after: 'P0D' }, owner: 'police', doneBy: ['departedUnknown', 'returnedToContact'], looksForPerson: true, source: 'VC12: the police establish a departure; the same day is ours' },
  { id: 'victim-statement', kind: 'legal', appliesIn: 'anyCountry', statutory: true, plannedBy: ['firstEntering:decision'], onlyIf: ['notEuOrDutch'], unlessRecorded: ['victimStatementIssued'], due: { after: 'P14D' }, owner: 'police', doneBy: ['victimStatementIssued'], lapsesOn: ['cooperated'], source: 'VC15 B8/3: evidence of the humanitarian permit; the days are ours' },
  { id: 'decide-route', kind: 'residence', appliesIn: 'anyCountry', statutory: true, plannedBy: ['entering:decision'], due: { after: 'P14D' }, owner: 'caseworker', doneBy: ['leaving:decision', 'closed'], settledByClosing: true, source: 'ours' },
  { id: 'approve-route', kind: 'residence', appliesIn: 'anyCountry', plannedBy: ['routeProposed'], due: { after: 'P1D' }, owner: 'supervisor', doneBy: ['routeDecided'], lapsesOn: ['routeRejected', 'stageChanged'], source: 'ours' },
  { id: 'allowance-continues', kind: 'financial', appliesIn: 'anyCountry', statutory: true, plannedBy: ['objectionFiled:suspends', 'interimMeasureDecided:granted', 'appealDecided:upheld:objectionSuspends'], due: { after: 'P7D' }, owner: 'careCoordinator', lapsesOn: ['permitGranted', 'travelled'], source: 'RVB15 art. 2(1)(a), VW15 art. 73(1): the allowance goes on while departure is suspended; the days are ours' },
  { id: 'interim-measure-considered', kind: 'legal', appliesIn: 'anyCountry', statutory: true, plannedBy: ['objectionDecided:notUpheld', 'objectionFiled:doesNotSuspend'], due: { after: 'P1D' }, owner: 'caseworker', doneBy: ['appealFiled', 'interimMeasureDecided'], lapsesOn: ['permitGranted'], source: 'VW15 art. 73(1): an appeal suspends nothing; the day is ours' },
  { id: 'notice-of-default', kind: 'legal', appliesIn: 'anyCountry', plannedBy: ['passed:ind-decision', 'passed:objection-decision'], due: { after: 'P7D' }, owner: 'caseworker', lapsesOn: ['permitGranted', 'permitRefused', 'permitRenewed:pendingRenewal', 'applicationWithdrawn', 'objectionDecided', 'travelled', 'decisionTermExtended', 'deadlineLifted:ind-decision', 'deadlineLifted:objection-decision'], source: 'ours: a late decision has a remedy, which begins with a notice of default' },
  { id: 'ex-officio-check', kind: 'legal', appliesIn: 'NL', plannedBy: ['otherApplicationRefused'], due: { after: 'P7D' }, owner: 'caseworker', lapsesOn: ['permitGranted'], source: 'VB15 art. 3.6a: IND looks at this permit of its own motion; the days are ours' },
  { id: 'permit-handed', kind: 'residence', appliesIn: 'NL', plannedBy: ['permitGranted'], due: { after: 'P7D' }, owner: 'police', lapsesOn: ['permitEnded'], source: 'VC12 B9/4.2.1: the allowance ends only then; the days are ours' },
  { id: 'children-permits', kind: 'residence', appliesIn: 'NL', plannedBy: ['permitGranted:first'], onlyIf: ['dependants'], due: { after: 'P14D' }, owner: 'caseworker', lapsesOn: ['permitEnded'], source: 'VC12: minor children may have a matching permit; the days are ours' },
  { id: 'municipal-welfare', kind: 'financial', appliesIn: 'anyCountry', plannedBy: ['permitGranted:first'], due: { after: 'P14D' }, owner: 'careCoordinator', lapsesOn: ['travelled'], source: 'VC12; the days are ours' },
  { id: 'health-insurance', kind: 'medical', appliesIn: 'anyCountry', plannedBy: ['permitGranted:first'], due: { after: 'P14D' }, owner: 'caseworker', lapsesOn: ['travelled'], source: 'VC12; the days are ours' },
  { id: 'move-on-housing', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['permitGranted:first'], due: { after: 'P42D' }, owner: 'careCoordinator', lapsesOn: ['travelled'], source: 'ours; CM-BEDS' },
  { id: 'renewal-check', kind: 'residence', appliesIn: 'NL', plannedBy: ['permitGranted', 'permitRenewed', 'permitRunsAgain'], onlyIf: ['notHumanitarianPermit'], due: { beforePermitEnd: 'P90D' }, owner: 'caseworker', doneBy: ['permitRenewed', 'applicationSent'], lapsesOn: ['permitEnded'], source: 'ours' },
  { id: 'humanitarian-follow-up-check', kind: 'residence', appliesIn: 'NL', plannedBy: ['permitGranted', 'permitRenewed', 'permitRunsAgain'], onlyIf: ['humanitarianPermit'], due: { beforePermitEnd: 'P90D' }, owner: 'caseworker', doneBy: ['permitRenewed', 'applicationSent'], lapsesOn: ['permitEnded'], source: 'VC15 B8/3: never renewed; the days are ours' },
  { id: 'tell-lawyer', kind: 'legal', appliesIn: 'anyCountry', plannedBy: ['caseDismissed'], due: { after: 'P0D' }, owner: 'caseworker', source: 'ours: objection, complaint and longer stay all have terms' },
  { id: 'longer-stay-check', kind: 'legal', appliesIn: 'anyCountry', plannedBy: ['caseDismissed', 'judgmentGiven', 'passed:three-years'], due: { after: 'P14D' }, owner: 'caseworker', doneBy: ['applicationSent:longerStay'], source: 'VC15 B8/3 for the grounds; the days are ours' },
  { id: 'report-departure', kind: 'residence', appliesIn: 'NL', statutory: true, plannedBy: ['departedUnknown'], onlyIf: ['hasResidenceMatter'], due: { after: 'P0D' }, owner: 'police', lapsesOn: ['returnedToContact'], source: 'VC12: at once, with the date found' },
  { id: 'missing-minor-alarm', kind: 'safety', appliesIn: 'anyCountry', statutory: true, plannedBy: ['departedUnknown'], onlyIf: ['minor'], due: { after: 'PT1H' }, owner: 'careCoordinator', lapsesOn: ['returnedToContact'], source: 'ours; the missing-child route has no waiting period' },
  { id: 'case-review', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['entering:contactLost', 'entering:otherProcedure', 'entering:assistance', 'entering:aftercare'], due: { every: 'P1M' }, owner: 'caseworker', lapsesOn: ['leaving:contactLost', 'leaving:otherProcedure', 'leaving:assistance', 'leaving:aftercare'], survivesTravel: true, source: 'ours' },
] as const satisfies readonly TaskRule[];

/** One task for each gate that is shut when the preparation of a return begins. */
// prettier-ignore
const safeReturn = [
  { ...gate('returnRequested'), id: 'return-requested', owner: 'caseworker', source: "WEGW-IOM: only at the person's own express wish; the days are ours" },
  { ...gate('consentGiven'), id: 'consent-given', owner: 'caseworker', doneBy: ['consentGiven:returnDataExchange'], source: 'VCA15: the exchange between IOM, IND and DT&V needs it; the days are ours' },
  { ...gate('returnPermitted'), id: 'return-permitted', owner: 'caseworker', source: 'VCA15; the days are ours' },
  { ...gate('removalSuspended'), id: 'removal-suspended', owner: 'caseworker', source: 'VCA15; the days are ours' },
  { ...gate('legalAdviceTaken'), id: 'legal-advice-taken', owner: 'caseworker', source: 'ours' },
  { ...gate('riskAssessed'), id: 'risk-assessed', due: { after: 'P14D' }, owner: 'careCoordinator', source: 'BG-RISK; the days are ours' },
  { ...gate('criminalCaseArranged'), id: 'criminal-case-arranged', owner: 'caseworker', source: 'VC12; the days are ours' },
  { ...gate('compensationArranged'), id: 'compensation-arranged', owner: 'caseworker', source: 'ours' },
  { ...gate('medicalFitnessConfirmed'), id: 'medical-fitness-confirmed', owner: 'careCoordinator', source: 'IOM-EN; the days are ours' },
  { ...gate('travelDocumentReceived'), id: 'travel-document-received', owner: 'caseworker', source: 'VCA15; the days are ours' },
  { ...gate('receivingOrganisationConfirmed'), id: 'receiving-organisation-confirmed', owner: 'caseworker', source: 'BG-NRM; the days are ours' },
  { ...gate('guardianAgreed'), id: 'guardian-agreed', owner: 'caseworker', source: 'VCA15: a minor; the days are ours' },
  { ...gate('receptionConfirmed'), id: 'reception-confirmed', owner: 'caseworker', source: 'VCA15: a minor; the days are ours' },
] as const satisfies readonly TaskRule[];

function gate(fact: Gate): Pick<TaskRule, 'kind' | 'appliesIn' | 'plannedBy' | 'gate' | 'due' | 'doneBy' | 'lapsesOn'> {
  return {
    kind: 'return',
    appliesIn: 'anyCountry',
    plannedBy: ['entering:safeReturn'],
    gate: fact,
    due: { after: 'P28D' },
    doneBy: [fact],
    lapsesOn: ['leaving:safeReturn'],
  };
}

/** The tasks of edition NL-2015-10 (docs/policy.md, section 4). */
export const nl201510Tasks: readonly TaskRule[] = [...intake, ...assistance, ...reflection, ...decisions, ...safeReturn];

export type TaskId201510 = (typeof intake | typeof assistance | typeof reflection | typeof decisions | typeof safeReturn)[number]['id'];
