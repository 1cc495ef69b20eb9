import { latest, startOfDay, type Instant, type PlainDate } from '../basics/calendar';
import type { RightFact } from './catalogue';
import type { ReceivedFact } from './recordedFact';

/** A fact as it is kept: what happened, who told it when, and under which `Idempotency-Key` (hashed, with a hash of its body). */
export type RecordedFact = ReceivedFact & { readonly key?: { readonly hash: string; readonly body: string } | undefined };

/** What somebody signalled and could not be recorded as a fact; kept as told. */
export interface KeptSignal {
  readonly id: string;
  readonly type: 'declineSignalled' | 'signalNotPossible' | 'signalMalformed';
  readonly receivedAt: Instant;
  /** What it said, where it was well formed. Nobody vouches for it. */
  readonly answer?: {
    readonly recordedBy: string;
    readonly answer: string;
    readonly form?: string | undefined;
    readonly on?: PlainDate | undefined;
  };
}

/** Of many signals the first are kept; of the others how many there were, and when the last came. */
export interface CountedSignals {
  readonly id: 'signals-counted';
  readonly type: 'signalsCounted';
  readonly number: number;
  readonly receivedAt: Instant;
}

/** Everything that was told of a case, in the order in which it arrived: added to, never edited. */
export type LogEntry = RecordedFact | KeptSignal;

export function isFact(entry: LogEntry): entry is RecordedFact {
  return 'by' in entry;
}

/** Whether it came by signal: kept as such, or a fact that bears no key, as what is told over HTTP does. */
export function isSignalled(entry: LogEntry): boolean {
  return !isFact(entry) || (entry.type === 'cooperated' && entry.key === undefined);
}

/**
 * The moment at which it is judged: when it was received; of a fact that was put right and lies later than that, its date. So what is
 * dated after her three months finds them over, whichever was told first (docs/policy.md, section 2).
 */
export function effectiveAt(entry: LogEntry): Instant {
  return isFact(entry) ? latest(entry.receivedAt, startOfDay(entry.on)) : entry.receivedAt;
}

/**
 * What stands of it: a corrected fact is left out, or the right one is in its place, with the id, the teller and the hour of the one
 * it replaces, and its date unless it says another: of a fact that was corrected before, the date that stood. Of two corrections of one
 * fact the later counts, and a correction that was itself corrected counts no more. The corrections themselves are not among them.
 */
export function effectiveEntries(entries: readonly LogEntry[]): readonly LogEntry[] {
  const instead = new Map<string, RightFact | undefined>();
  const latestFirst = entries.toReversed().flatMap((entry) => {
    const standing = isFact(entry) ? rightOf(entry, instead) : entry;
    if (standing?.type !== 'corrected') return standing ?? [];
    const { replaces, with: right } = standing;
    const later = instead.get(replaces);
    instead.set(replaces, instead.has(replaces) ? later && { ...later, on: later.on ?? right?.on } : right);
    return [];
  });
  return latestFirst.toReversed();
}

function rightOf(told: RecordedFact, instead: ReadonlyMap<string, RightFact | undefined>): RecordedFact | undefined {
  if (!instead.has(told.id)) return told;
  const right = instead.get(told.id);
  return right && replacedBy(told, right);
}

/** The right fact as it stands in the place of the one it replaces. */
export function replacedBy({ id, on, by, receivedAt, key }: RecordedFact, right: RightFact): RecordedFact {
  return { ...right, on: right.on ?? on, id, by, receivedAt, key } as unknown as RecordedFact;
}
