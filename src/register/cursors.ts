/* Cursors: places in a list that its reader keeps and cannot read. */

import { invalid, Refused } from '../casework/refused';
import type { Caller } from '../domain/basics/roles';
import { sealed, unsealed } from '../privacy/aesGcm';
import { derivedKey, type SystemKey } from '../privacy/key';

/** A list as one caller asked for it. A cursor of it fits no other. */
export interface ListOfCaller {
  readonly list: string;
  readonly wanted: object;
  readonly caller: Pick<Caller, 'id' | 'roles' | 'office'>;
}

export interface Cursors {
  seal(position: unknown, of: ListOfCaller, origin: string): string;
  /** The place that a cursor names. Refuses one of another list, of another caller, or of a database that was restored since. */
  open(cursor: string, of: ListOfCaller, origin: string): unknown;
}

interface Place {
  readonly origin: string;
  readonly position: unknown;
}

export function cursorsUnder(systemKey: SystemKey): Cursors {
  const key = derivedKey(systemKey, 'cursor');
  return {
    seal: (position, of, origin) => {
      const place: Place = { origin, position };
      return sealed(key, Buffer.from(JSON.stringify(place)), wordsOf(of)).toString('base64url');
    },
    open: (cursor, of, origin) => {
      const place = placeIn(cursor, key, wordsOf(of));
      if (place.origin !== origin) throw new Refused('cursor-expired');
      return place.position;
    },
  };
}

function placeIn(cursor: string, key: Buffer, words: readonly string[]): Place {
  try {
    return JSON.parse(unsealed(key, Buffer.from(cursor, 'base64url'), words).toString()) as Place;
  } catch {
    throw invalid({ path: 'cursor', message: 'not a cursor of this list: it holds for one person and the same filters' });
  }
}

function wordsOf({ list, wanted, caller: { id, roles, office } }: ListOfCaller): readonly string[] {
  const filters = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return ['cursor', list, JSON.stringify(filters.toSorted()), id, roles.toSorted().join(), office ?? ''];
}
