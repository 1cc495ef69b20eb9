/* The log of a case, and what remains effective of it after corrections. */

import { latest, startOfDay, type Instant, type PlainDate } from '../basics/calendar';
import { factFields, type Fact, type RightFact } from './catalogue';
import type { RecordedFact } from './recordedFact';

const keptSignals = ['declineSignalled', 'signalNotPossible', 'signalMalformed'] as const;

/** A signal that could not be recorded as a fact, kept as it came. */
export interface KeptSignal {
  readonly id: string;
  readonly type: (typeof keptSignals)[number];
  readonly receivedAt: Instant;
  /** Its content, if it was well formed. Nobody vouches for it. */
  readonly answer?: {
    readonly recordedBy: string;
    readonly answer: string;
    readonly form?: string | undefined;
    readonly on?: PlainDate | undefined;
  };
}

/** The number of signals that were not kept, and when the last came. */
export interface CountedSignals {
  readonly id: 'signals-counted';
  readonly type: 'signalsCounted';
  readonly number: number;
  readonly receivedAt: Instant;
}

/** One entry of the log: in the order of arrival, added to, never edited. */
export type LogEntry = RecordedFact | KeptSignal;

export function isFact(entry: LogEntry): entry is RecordedFact {
  return 'by' in entry;
}

/**
 * Whether this build knows the type of an entry. A newer build may have recorded one that is unknown after a roll-back: it is kept and shown,
 * and it has no effect.
 */
export function isKnown({ type }: { readonly type: string }): boolean {
  const signals: readonly string[] = keptSignals;
  return Object.hasOwn(factFields, type) || signals.includes(type);
}

/** Whether an entry came by signal: it is no fact, or a fact without a key; each fact over HTTP has one. */
export function isSignalled(entry: LogEntry): boolean {
  return !isFact(entry) || (entry.type === 'cooperated' && entry.key === undefined);
}

/**
 * The instant at which an entry is judged: its receipt, or the date of a right fact that is later. So a fact dated after the three
 * months finds them over, in whatever order the facts arrived (docs/policy.md, section 2).
 */
export function effectiveAt(entry: LogEntry): Instant {
  return isFact(entry) && isKnown(entry) ? latest(entry.receivedAt, startOfDay(entry.on)) : entry.receivedAt;
}

/**
 * The log without corrections and unknown entries, and with each corrected fact left out or replaced. The right fact takes the id, the
 * caller and the instant of the wrong one. It takes its date too, unless the correction names another.
 */
export function effectiveEntries(entries: readonly LogEntry[]): readonly LogEntry[] {
  const asCorrected = entries.map((entry) => (isFact(entry) ? asCorrection(entry) : entry));
  const rightFacts = resolvedCorrections(asCorrected.filter(isFact));
  return asCorrected.flatMap((entry) => {
    const effective = isFact(entry) ? effectiveFact(entry, rightFacts) : entry;
    return effective === undefined || effective.type === 'corrected' || !isKnown(effective) ? [] : [effective];
  });
}

/** A reopening after a mistaken closing is a correction that strikes the closing out; every other fact is as it was recorded. */
export function asCorrection(fact: RecordedFact): RecordedFact {
  if (fact.type !== 'reopened' || fact.strikesOut === undefined) return fact;
  const { id, on, by, receivedAt, key, reason, strikesOut } = fact;
  return { type: 'corrected', replaces: strikesOut, reason, id, on, by, receivedAt, key };
}

/** Whether a fact makes the case what it would have been, from the beginning on. */
export function rewritesTheCase(fact: Fact): boolean {
  return fact.type === 'corrected' || fact.type === 'intakeCorrected' || (fact.type === 'reopened' && fact.reason === 'mistake');
}

/** The fact in the place of each corrected one, by its id; undefined if it was taken back. A correction may itself be corrected. */
type RightFacts = ReadonlyMap<string, RightFact | undefined>;

function resolvedCorrections(facts: readonly RecordedFact[]): RightFacts {
  const rightFacts = new Map<string, RightFact | undefined>();
  // The latest first: of two corrections of one fact the later counts, and what corrects a correction comes after it.
  for (const [at, fact] of [...facts.entries()].toReversed()) {
    const correction = effectiveFact(fact, rightFacts);
    if (correction?.type !== 'corrected') continue;
    const { replaces, officeTeam, strikesOut } = correction;
    // The right fact may bring somebody in or strike a closing out, as it would have by itself.
    const right = correction.with && {
      ...correction.with,
      ...(officeTeam === undefined ? {} : { officeTeam }),
      ...(strikesOut === undefined ? {} : { strikesOut }),
    };
    const isEarlier = facts.findIndex(({ id }) => id === replaces) < at;
    if (isEarlier) rightFacts.set(replaces, rightFacts.has(replaces) ? dated(rightFacts.get(replaces), right) : right);
  }
  return rightFacts;
}

/** A later correction without a date keeps the date that the earlier one gave. */
function dated(later: RightFact | undefined, earlier: RightFact | undefined): RightFact | undefined {
  return later && { ...later, on: later.on ?? earlier?.on };
}

function effectiveFact(fact: RecordedFact, rightFacts: RightFacts): RecordedFact | undefined {
  if (!rightFacts.has(fact.id)) return fact;
  const right = rightFacts.get(fact.id);
  return right && asCorrection(replacedBy(fact, right));
}

/** The right fact in the place of the one it replaces. */
export function replacedBy({ id, on, by, receivedAt, key, officeTeam }: RecordedFact, right: RightFact): RecordedFact {
  return { officeTeam, ...right, on: right.on ?? on, id, by, receivedAt, key } as unknown as RecordedFact;
}
