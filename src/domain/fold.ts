import { dateOf, latest, type Instant } from './calendar';
import { follow, nextTurnOfTheClock } from './consequences';
import type { Edition, Turn } from './edition';
import { isFact, placeOf, type Entry, type KeptSignal } from './entries';
import type { Situation } from './situation';
import { tasksAfter } from './tasks';

/** What a situation becomes with everything that stands of what was told, in the order in which it arrived. */
export function fold(opening: Situation, standing: readonly Entry[], edition: Edition): Situation {
  return standing.reduce((situation, entry) => afterEntry(situation, entry, edition), opening);
}

/** The situation after one thing told, at the moment it was received. */
export function afterEntry(before: Situation, entry: Entry, edition: Edition): Situation {
  const now = atMoment(before, placeOf(entry), edition);
  return isFact(entry) ? follow(now, entry, edition) : afterSignal(now, entry, edition);
}

/** The situation at a moment: as it is, and what the clock did since. */
export function atMoment(situation: Situation, now: Instant, edition: Edition): Situation {
  let current = situation;
  for (let next = nextTurnOfTheClock(current); next !== null && next.at <= now; next = nextTurnOfTheClock(current)) {
    current = next.turn({ ...current, asOf: latest(next.at, current.asOf) }, edition);
  }
  return { ...current, asOf: latest(now, current.asOf) };
}

/** A decline that a system signalled moves nobody: somebody asks her (docs/http.md, signals). */
function afterSignal(now: Situation, { type, receivedAt, answer }: KeptSignal, edition: Edition): Situation {
  const turns = new Set<Turn>(type === 'declineSignalled' && now.stage !== 'closed' ? [type] : []);
  return { ...now, ...tasksAfter(now, { turns, on: answer?.on ?? dateOf(receivedAt), at: now.asOf }, edition) };
}
