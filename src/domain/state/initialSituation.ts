/* The situation of a new case. */

import { dateOf, type Instant } from '../basics/calendar';
import { noJourney, type Access, type PersonStatus, type Situation, type Team } from './situation';

/** The situation at the intake, before any task is planned. */
export function initialSituation(
  at: Instant,
  person: Pick<PersonStatus, 'ground' | 'minor' | 'unaccompanied' | 'dependants' | 'asylumRequestedOn'>,
  access: Pick<Access, 'office' | 'hidden'>,
  team: Team,
): Situation {
  const on = dateOf(at);
  return {
    asOf: at,
    stage: 'intake',
    since: on,
    because: { fact: 'intake', on, source: 'VC15 B8/3: at the slightest indication' },
    stagesBefore: {},
    entered: [{ stage: 'intake', by: 'intake', on, at }],
    ...access,
    registered: false,
    ...person,
    eligible: null,
    detentionVerdicts: {},
    guardian: null,
    consents: [],
    period: null,
    cooperation: null,
    application: null,
    permit: null,
    permitChain: null,
    contested: [],
    objections: [],
    appeals: [],
    transferOn: null,
    proposal: null,
    result: null,
    risk: null,
    returnRequested: false,
    journey: noJourney,
    team,
    tasks: [],
    series: [],
    deadlines: [],
    notices: [],
    alarms: [],
    referral: null,
    lastRecordedOn: {},
    heardFrom: [],
    effectiveFacts: {},
  };
}
