/* The opening of a case of which the police may not know. */

import type { RecordedFact } from '../facts/recordedFact';
import type { Situation } from '../state/situation';

/** A case that opens for the police: the officer of the office joins the team. Nothing hides it again (docs/policy.md, section 3). */
export function opened(
  { team }: Situation,
  { officeTeam, receivedAt }: Pick<RecordedFact, 'officeTeam' | 'receivedAt'>,
): Pick<Situation, 'hidden' | 'team'> {
  const officer = officeTeam?.police;
  return { hidden: false, team: officer === undefined ? team : { ...team, police: { staffId: officer, since: receivedAt } } };
}

/** The team in another office: each role goes to the default holder there, and ends where there is none. The police stay away while hidden. */
export function movedTeam(
  { team }: Situation,
  { officeTeam = {}, receivedAt }: Pick<RecordedFact, 'officeTeam' | 'receivedAt'>,
): Situation['team'] {
  return Object.fromEntries(
    Object.entries(officeTeam).flatMap(([role, staffId]) => (role in team ? [[role, { staffId, since: receivedAt }] as const] : [])),
  );
}
