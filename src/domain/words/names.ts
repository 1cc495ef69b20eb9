/* The names of deadlines, notices, alarms, stages, roles and classes of mail, in Dutch and English. */

import type { Role } from '../basics/roles';
import type { MailClass } from '../state/outbox';
import type { Notice, Stage } from '../state/situation';
import type { KebabCase } from '../basics/ids';
import type { DeadlineId } from '../policy/editions';
import type { AlarmingFact } from '../rules';
import type { Words } from '../basics/language';

/** Names of the editions' deadlines, by rule. */
export const deadlineNames: Readonly<Record<Exclude<DeadlineId, `follow-up-${number}`> | 'follow-up', Words>> = {
  'reflection-period': { nl: 'Einde van de bedenktijd', en: 'End of the reflection period' },
  'ind-decision-target': { nl: 'Streeftijd van IND: 24 uur', en: "IND's target of 24 hours" },
  'ind-decision': { nl: 'Beslistermijn van IND', en: "IND's term to decide" },
  'presence-assessment': { nl: 'Streeftijd voor het oordeel over de aanwezigheid', en: 'Target for the assessment of presence' },
  'transfer-term': { nl: 'Overdrachtstermijn', en: 'Term for the transfer' },
  'renewal-application': { nl: 'Uiterste dag om verlenging aan te vragen', en: 'Last day to apply for renewal' },
  'three-years': { nl: 'Drie jaar vergunning', en: 'Three years of permits' },
  'permit-end': { nl: 'Einde van de vergunning', en: 'End of the permit' },
  objection: { nl: 'Termijn voor bezwaar', en: 'Term for an objection' },
  'objection-decision': { nl: 'Beslistermijn van IND op het bezwaar', en: "IND's term to decide on the objection" },
  appeal: { nl: 'Termijn voor beroep', en: 'Term for an appeal' },
  'further-appeal': { nl: 'Termijn voor hoger beroep', en: 'Term for a further appeal' },
  'art12-complaint': { nl: 'Termijn voor beklag (artikel 12 Sv)', en: 'Term for a complaint against non-prosecution' },
  'departure-term': { nl: 'Vertrektermijn', en: 'Term for departure' },
  'risk-assessment': { nl: 'Geldigheid van de risicotaxatie', en: 'Validity of the risk assessment' },
  'follow-up': { nl: 'Contact na terugkeer', en: 'Contact after the return' },
  'arrival-confirmation': { nl: 'Bevestiging van aankomst', en: 'Confirmation of arrival' },
};

/** Notices to partners, by kind. */
export const noticeNames: Readonly<Record<Notice['kind'], Words>> = {
  'm55-cooperation': { nl: 'Aankondiging van de aanvraag (M55)', en: 'Announcement of the permit application (M55)' },
  'return-referral': { nl: 'Verwijzing naar IOM voor terugkeer', en: 'Referral to IOM for the requested return' },
  'return-stopped': { nl: 'Terugkeer gestopt', en: 'The return is stopped' },
  'travel-hold': { nl: 'Reis niet veilig: wacht', en: 'The journey is not safe: wait' },
  correction: { nl: 'Eerder bericht hersteld', en: 'An earlier notice is corrected' },
  recall: { nl: 'Toestemming ingetrokken', en: 'Consent was withdrawn' },
  found: { nl: 'Betrokkene aangemeld', en: 'The person is registered' },
  reflection: { nl: 'Bedenktijd ingegaan', en: 'The reflection period began' },
  cooperation: { nl: 'Betrokkene werkt mee', en: 'The person cooperates' },
  departing: { nl: 'Vertrek naar het land van herkomst aangekondigd', en: 'A departure for home is announced' },
  departed: { nl: 'Met onbekende bestemming vertrokken', en: 'The person left for an unknown destination' },
};

/** Facts that raise an alarm, by what the alarm is about; a task may have the same id. */
export const alarmNames: Readonly<Record<KebabCase<AlarmingFact>, Words>> = {
  'departed-unknown': { nl: 'Minderjarige vermist', en: 'A minor is missing' },
  'contact-missed': { nl: 'Minderjarige niet te bereiken', en: 'A minor cannot be reached' },
  'consent-withdrawn': { nl: 'Toestemming ingetrokken', en: 'Consent withdrawn' },
  'risk-assessed': { nl: 'Reis niet veilig bevonden', en: 'The journey was found not safe' },
  'transfer-planned': { nl: 'Overdracht gepland terwijl die niet mag', en: 'A transfer is planned that may not take place' },
  'entry-ban-issued': { nl: 'Inreisverbod uitgevaardigd', en: 'An entry ban was issued' },
  travelled: { nl: 'Vertrokken zonder dat alles gereed was', en: 'The person travelled before everything was in place' },
};

export const stageNames: Readonly<Record<Stage, Words>> = {
  intake: { nl: 'Intake', en: 'Intake' },
  reflection: { nl: 'Bedenktijd', en: 'Reflection period' },
  decision: { nl: 'Besluit over het vervolg', en: 'Deciding what follows' },
  permitApplication: { nl: 'Aanvraag van een vergunning', en: 'Permit application' },
  permit: { nl: 'Verblijfsvergunning', en: 'Residence permit' },
  safeReturn: { nl: 'Veilige terugkeer', en: 'Safe return' },
  aftercare: { nl: 'Nazorg', en: 'Aftercare' },
  assistance: { nl: 'Hulp zonder verblijfstraject', en: 'Assistance without a residence track' },
  otherProcedure: { nl: 'Andere verblijfsprocedure', en: 'Another residence procedure' },
  contactLost: { nl: 'Met onbekende bestemming vertrokken', en: 'Left for an unknown destination' },
  closed: { nl: 'Gesloten', en: 'Closed' },
};

export const roleNames: Readonly<Record<Role, Words>> = {
  caseworker: { nl: 'hulpverlener', en: 'caseworker' },
  careCoordinator: { nl: 'zorgcoördinator', en: 'care coordinator' },
  police: { nl: 'politie', en: 'police' },
  kmar: { nl: 'Koninklijke Marechaussee', en: 'military police (KMar)' },
  inspectorate: { nl: 'Arbeidsinspectie', en: 'labour inspectorate' },
  prosecution: { nl: 'Openbaar Ministerie', en: 'prosecution service' },
  ind: { nl: 'IND', en: 'IND' },
  lawyer: { nl: 'advocaat', en: 'lawyer' },
  returnCounsellor: { nl: 'terugkeerbegeleider', en: 'return counsellor' },
  supervisor: { nl: 'leidinggevende', en: 'supervisor' },
  rapporteur: { nl: 'Nationaal Rapporteur', en: 'National Rapporteur' },
  auditor: { nl: 'auditor', en: 'auditor' },
  partner: { nl: 'partnerorganisatie', en: 'partner organisation' },
};

export const mailClassNames: Readonly<Record<MailClass, Words>> = {
  new: { nl: 'nieuw', en: 'new' },
  reminder: { nl: 'herinnering', en: 'reminder' },
  warning: { nl: 'waarschuwing', en: 'warning' },
  escalation: { nl: 'escalatie', en: 'escalation' },
  alarm: { nl: 'alarm', en: 'alarm' },
};
