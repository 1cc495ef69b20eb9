/* The opening of a case of which the police may not know. */

import type { RecordedFact } from '../facts/recordedFact';
import type { Situation } from '../state/situation';

/**
 * A case that opens for the police: the officer of the office joins the team. Nothing hides it again (docs/policy.md, section 3). A
 * correction may put the case in another office than the officer's: then nobody joins, and the supervisor names an officer.
 */
export function opened(
  { office, team }: Situation,
  { officeTeam, receivedAt }: Pick<RecordedFact, 'officeTeam' | 'receivedAt'>,
): Pick<Situation, 'hidden' | 'team'> {
  const officer = officeTeam?.office === office ? officeTeam.members.police : undefined;
  return { hidden: false, team: officer === undefined ? team : { ...team, police: { staffId: officer, since: receivedAt } } };
}

/** The team in another office: each role goes to the default holder there, and ends where there is none. The police stay away while hidden. */
export function movedTeam(
  { team }: Situation,
  { officeTeam, receivedAt }: Pick<RecordedFact, 'officeTeam' | 'receivedAt'>,
): Situation['team'] {
  return Object.fromEntries(
    Object.entries(officeTeam?.members ?? {}).flatMap(([role, staffId]) =>
      role in team ? [[role, { staffId, since: receivedAt }] as const] : [],
    ),
  );
}
