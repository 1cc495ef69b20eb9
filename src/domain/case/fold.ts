import { dateOf, latest, type Instant } from '../basics/calendar';
import { evolve, nextClockEvent } from './evolve';
import type { Edition, Trigger } from '../policy/edition';
import { isFact, effectiveAt, type LogEntry, type KeptSignal } from '../facts/log';
import type { Situation } from '../state/situation';
import { tasksAfter } from '../plan/tasks';

/** What a situation becomes with everything that stands of what was told, in the order in which it arrived. */
export function fold(opening: Situation, standing: readonly LogEntry[], edition: Edition): Situation {
  return standing.reduce((situation, entry) => afterEntry(situation, entry, edition), opening);
}

/** The situation after one thing told, at the moment it was received. */
export function afterEntry(before: Situation, entry: LogEntry, edition: Edition): Situation {
  const now = atMoment(before, effectiveAt(entry), edition);
  return isFact(entry) ? evolve(now, entry, edition) : afterSignal(now, entry, edition);
}

/** The situation at a moment: as it is, and what the clock did since. */
export function atMoment(situation: Situation, now: Instant, edition: Edition): Situation {
  let current = situation;
  for (let next = nextClockEvent(current); next !== null && next.at <= now; next = nextClockEvent(current)) {
    current = next.apply({ ...current, asOf: latest(next.at, current.asOf) }, edition);
  }
  return { ...current, asOf: latest(now, current.asOf) };
}

/** A decline that a system signalled moves nobody: somebody asks her (docs/http.md, signals). */
function afterSignal(now: Situation, { type, receivedAt, answer }: KeptSignal, edition: Edition): Situation {
  const triggers = new Set<Trigger>(type === 'declineSignalled' && now.stage !== 'closed' ? [type] : []);
  return { ...now, ...tasksAfter(now, { triggers, on: answer?.on ?? dateOf(receivedAt), at: now.asOf }, edition) };
}
