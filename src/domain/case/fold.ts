/* The fold of a log into a situation. */

import { dateOf, latest, type Instant } from '../basics/calendar';
import { evolve } from './evolve';
import { nextClockEvent } from './clockEvents';
import type { Edition } from '../policy/edition';
import { triggersOfSignal } from './triggers';
import { isFact, isKnown, effectiveAt, type LogEntry, type KeptSignal } from '../facts/log';
import type { Situation } from '../state/situation';
import { tasksAfter } from '../plan/planning';

/** The situation after the effective entries, in the order in which they arrived. */
export function fold(opening: Situation, entries: readonly LogEntry[], edition: Edition): Situation {
  return entries.reduce((situation, entry) => afterEntry(situation, entry, edition), opening);
}

/** The situation after one entry, at the instant of its receipt. */
export function afterEntry(before: Situation, entry: LogEntry, edition: Edition): Situation {
  const now = clockRunTo(before, effectiveAt(entry), edition);
  if (!isKnown(entry)) return now;
  return isFact(entry) ? evolve(now, entry, edition) : afterSignal(now, entry, edition);
}

/** The situation at an instant: as it is, and what the clock did since. */
export function clockRunTo(situation: Situation, now: Instant, edition: Edition): Situation {
  let current = situation;
  for (let next = nextClockEvent(current, edition); next !== null && next.at <= now; next = nextClockEvent(current, edition)) {
    current = next.apply({ ...current, asOf: latest(next.at, current.asOf) }, edition);
  }
  return { ...current, asOf: latest(now, current.asOf) };
}

/** A decline that a system signalled changes no stage: somebody asks the person (docs/http.md, signals). */
function afterSignal(now: Situation, signal: KeptSignal, edition: Edition): Situation {
  const { receivedAt, answer } = signal;
  const occasion = { triggers: triggersOfSignal(signal, now), on: answer?.on ?? dateOf(receivedAt), at: now.asOf };
  return { ...now, ...tasksAfter(now, occasion, edition) };
}
