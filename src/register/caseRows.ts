/* The rows of a case: plain ones from the domain's view, sealed ones under the key of the case. */

import { createHash } from 'node:crypto';
import type { Instant } from '../domain/basics/calendar';
import type { CaseFile } from '../domain/case/caseFile';
import type { LateMoment } from '../domain/views/lateMoment';
import { registerRows, type DueItem } from '../domain/views/registerRows';
import { statisticsRow } from '../domain/views/statisticsRow';
import type { CaseKey } from '../privacy/caseKeys';
import type { CaseWrite, DueWrite } from '../store/caseWrite';
import { sealedValue, seals } from './seals';

/** The form of the rows. A change of what a column means raises it, and `register:rebuild` then writes all rows anew. */
export const registerForm = 1;

export type KeyedHash = (purpose: string, text: string) => Buffer;

/** A case at one revision, ready to be written. */
export interface CaseToWrite {
  readonly file: CaseFile;
  readonly now: Instant;
  /** So many facts are in the register already; none, unless it was read. */
  readonly known?: number | undefined;
  /** The revision of a row that is made anew, whatever it says. A row with another one by then is newer, and stands. */
  readonly over?: number | undefined;
  readonly late?: readonly LateMoment[] | undefined;
}

/** All rows of a case. `edition`: the hash under which the register keeps its edition. */
export function rowsOf({ file, now, known = 0, over, late = [] }: CaseToWrite, key: CaseKey, edition: Buffer, hash: KeyedHash): CaseWrite {
  const { start, entries, revision, counted, outbox } = file;
  const { reference } = start;
  const { edition: _, ...begun } = start;
  const { line, members, due } = registerRows(file, now);
  const ofEdition = { name: start.edition.edition, hash: edition.toString('hex') };
  const state = { start: begun, edition: ofEdition, entries: entries.length, mark: markOf(entries), counted, outbox };
  return {
    reference,
    revision,
    over,
    state: {
      form: registerForm,
      writtenAt: now,
      edition,
      entries: entries.length,
      sealed: sealedValue(key, state, seals.state(reference, revision)),
    },
    facts: entries.slice(known).map((entry, place) => {
      const n = known + place + 1;
      return { n, sealed: sealedValue(key, entry, seals.fact(reference, n)) };
    }),
    line,
    members,
    due: due.map((item) => dueRow(item, { reference, key, hash, beside: [line.office, String(line.hiddenFromPolice)] })),
    late: late.map(({ plannedAt, happenedAt, said }) => ({
      plannedAt,
      happenedAt,
      sealed: sealedValue(key, said, seals.late(reference, plannedAt)),
    })),
    person: { id: hash('statistics', reference), row: statisticsRow(file, now) },
  };
}

/** Tells whether facts are those of a state. Of a number that was there before, the register keeps the fact that it has. */
export function markOf(entries: CaseFile['entries']): string {
  return createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 22);
}

/** A keyed hash that stands in a plain column: long enough that two in one case differ. */
export function shortHash(hash: KeyedHash, purpose: 'item' | 'forecast' | 'mark', text: string): Buffer {
  return hash(`register/${purpose}`, text).subarray(0, 8);
}

interface DueOf {
  readonly reference: string;
  readonly key: CaseKey;
  readonly hash: KeyedHash;
  /** Columns of the row that the case gives it. */
  readonly beside: readonly string[];
}

function dueRow(due: DueItem, { reference, key, hash, beside }: DueOf): DueWrite {
  const { kind, id, owner, assignee, dueOn, dueAt, statutory, forecast, said } = due;
  const item = shortHash(hash, 'item', `${reference} ${kind} ${id}`);
  return {
    ...{ kind, item, owner, assignee, dueOn, dueAt, statutory },
    forecast: forecast === null ? null : shortHash(hash, 'forecast', forecast),
    mark: shortHash(hash, 'mark', JSON.stringify([reference, due, beside])),
    sealed: sealedValue(key, said, seals.due(reference, item)),
  };
}
