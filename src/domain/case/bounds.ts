/* The bounds of what one case can carry. */

import { isFact, isSignalled, rewritesTheCase, type LogEntry } from '../facts/log';
import { rowOf } from '../rules';
import type { Fact } from '../facts/catalogue';
import type { Edition } from '../policy/edition';
import { memoizeLast } from '../basics/memoize';
import type { Situation } from '../state/situation';

/*
 * The bounds of one case. A run hands all of it to the next in one payload, which the engine bounds at 2 MiB. The next run
 * folds it within the 5 seconds that an activation may take. Every number here is ours. The measurements:
 * docs/decisions/0016-what-a-case-can-carry.md.
 */

/** A case of years has some hundreds of facts. */
const facts = { most: 500, more: 50 };
/** As JSON. A usual fact has 350 bytes, the longest that is well formed some 1,500. */
const bytes = { most: 256 * 1024, more: 32 * 1024 };
/** Each folds the whole case anew, whenever a run begins. */
const corrections = { most: 20, more: 50 };
/** Signals that are kept; all others are only counted. */
const signals = { most: 50, more: 50 };

/** The facts that a case still takes: any, only those that happened whatever it holds already, or none. */
export type Room = 'anything' | 'whatHappened' | 'nothing';

/** How much a case takes of corrections, and of all other facts. */
export interface Rooms {
  readonly corrections: Room;
  readonly others: Room;
}

/** The rooms of a case that holds little. */
export const roomy: Rooms = { corrections: 'anything', others: 'anything' };

export const roomsIn = memoizeLast((entries: readonly LogEntry[]): Rooms => {
  const recorded = entries.filter(isFact);
  const size = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
  const others = narrowest(room(recorded.length, facts), room(size, bytes));
  return { others, corrections: narrowest(others, room(recorded.filter(rewritesTheCase).length, corrections)) };
});

/** Whether a case has room for a fact. Past the first bound it takes only events and the facts that closing waits for; past the second, none. */
export function hasRoomFor(rooms: Rooms, situation: Situation, fact: Fact, edition: Edition): boolean {
  const left = rewritesTheCase(fact) ? rooms.corrections : rooms.others;
  return left === 'anything' || (left === 'whatHappened' && rowOf(fact.type).takenOfAFullCase?.(situation, fact, edition) === true);
}

/** The same for one signal more. Past the first bound, only a signal that says something new or plans a task is kept. */
export function hasRoomForSignal(entries: readonly LogEntry[], saysSomethingNew: boolean): boolean {
  const left = room(entries.filter(isSignalled).length, signals);
  return left === 'anything' || (left === 'whatHappened' && saysSomethingNew);
}

function room(filled: number, { most, more }: { readonly most: number; readonly more: number }): Room {
  if (filled < most) return 'anything';
  return filled < most + more ? 'whatHappened' : 'nothing';
}

function narrowest(one: Room, other: Room): Room {
  const rooms: readonly Room[] = ['nothing', 'whatHappened', 'anything'];
  return rooms.find((each) => each === one || each === other) ?? 'nothing';
}

const encoder = new TextEncoder();
const bytesOf = memoizeLast((entry: LogEntry) => encoder.encode(JSON.stringify(entry)).length);
