/* The whole register held against the cases, one by one. */

import { setTimeout as pause } from 'node:timers/promises';
import { instantOf } from '../domain/basics/calendar';
import type { CaseKey } from '../privacy/caseKeys';
import type { RegisterTable } from '../store/register';
import type { AskedCases, AskedFile } from './asked';
import type { KeyedHash } from './caseRows';
import { differencesOf, type Difference } from './differences';
import { editionsIn, type Editions } from './editions';
import { inTurn, type Pace } from './inTurn';
import type { Register } from './register';

/** A case that changes is in the register within 15 s, also where the database was away. So one that differs is looked at again; ours. */
const settlesMeanwhileMs: readonly number[] = [3_000, 12_000];

export interface Comparison {
  readonly table: Pick<RegisterTable, 'standing' | 'references' | 'isCounted' | 'putEdition' | 'editionOf' | 'keepComparison'>;
  readonly register: Pick<Register, 'write'>;
  readonly keys: { ofReference(reference: string): Promise<CaseKey | undefined> };
  readonly hash: KeyedHash;
  readonly cases: AskedCases;
  readonly pace: Pace;
  /** Writes the cases that differ. */
  readonly mend: boolean;
  /** Called after each look at a case. */
  readonly looked: () => void;
  /** The pauses before a case that differs is looked at again. */
  readonly pausesMs?: readonly number[] | undefined;
}

export interface Compared {
  readonly cases: number;
  /** The references of the cases that differed, by kind. A case may stand under several. */
  readonly found: ReadonlyMap<Difference, readonly string[]>;
  readonly differing: number;
  /** The number of cases that differ still. It is as above where nothing was mended. */
  readonly left: number;
}

/** One look at a case and its rows. `revision`: that of its row. */
interface Look {
  readonly differences: readonly Difference[];
  readonly asked?: AskedFile;
  readonly revision?: number | undefined;
}

type Looks = ReadonlyMap<string, Look>;

/** Compares all, and keeps the number of cases that differ in the end. */
export async function compare(comparison: Comparison): Promise<Compared> {
  const { table, cases, mend, pausesMs = settlesMeanwhileMs } = comparison;
  const references = [...new Set([...(await cases.all()), ...(await table.references())])];
  const editions = editionsIn(table);
  const again = (looks: Looks) => lookAtAll(comparison, editions, [...looks.keys()]);
  const first = await lookAtAll(comparison, editions, references);
  let differing = thoseThatDiffer(first);
  for (const ms of pausesMs) {
    const perhaps = new Map([...differing].filter(([, look]) => mayPass(look)));
    if (perhaps.size === 0) break;
    await pause(ms, undefined, { signal: comparison.pace.stopping });
    const settled = new Map([...differing].filter(([reference]) => !perhaps.has(reference)));
    differing = new Map([...settled, ...thoseThatDiffer(await again(perhaps))]);
  }
  if (mend) await mendAll(comparison, differing);
  const left = mend ? thoseThatDiffer(await again(differing)).size : differing.size;
  await table.keepComparison({ cases: first.size, differing: left });
  return { cases: first.size, found: byKind(differing), differing: differing.size, left };
}

async function lookAtAll(comparison: Comparison, editions: Editions, references: readonly string[]): Promise<Looks> {
  const looks = new Map<string, Look>();
  await inTurn(references, comparison.pace, async (reference) => {
    const look = await lookAt(comparison, editions, reference);
    if (look !== undefined) looks.set(reference, look);
    comparison.looked();
  });
  return looks;
}

/** Undefined where there is nothing to compare: the case was ended, or removed with its rows. */
async function lookAt({ cases, table, keys, hash }: Comparison, editions: Editions, reference: string): Promise<Look | undefined> {
  const first = await cases.ask(reference);
  const rows = await table.standing(reference);
  const revision = rows.state?.revision;
  const isOvertaken = typeof first === 'object' && first.isNumbered && (revision ?? 0) > first.file.revision;
  // A case may change between the two readings. Asked after its row was read, it is never older than that row.
  const asked = isOvertaken ? await cases.ask(reference) : first;
  if (asked === 'ended') return undefined;
  if (asked === 'gone') return isEmpty(rows) ? undefined : { differences: ['noCase'], revision };
  const key = await keys.ofReference(reference);
  if (asked === 'silent' || key === undefined) return { differences: ['silent'], revision };
  return { differences: await differencesOf(rows, asked, { key, hash, editions, table }), asked, revision };
}

function isEmpty({ state, line, facts, members, due }: Awaited<ReturnType<RegisterTable['standing']>>): boolean {
  return state === undefined && line === undefined && facts.length + members.length + due.length === 0;
}

function thoseThatDiffer(looks: Looks): Looks {
  return new Map([...looks].filter(([, { differences }]) => differences.length > 0));
}

/** Whether the rows may only be late, or the case busy. */
function mayPass({ differences, asked }: Look): boolean {
  const passing: readonly Difference[] = ['older', 'newer', 'noRow', 'silent', 'person'];
  return asked?.isNumbered === false || differences.some((each) => passing.includes(each));
}

/** A row that was written meanwhile stands: only the one that was seen is replaced. */
async function mendAll({ register, pace }: Comparison, differing: Looks): Promise<void> {
  await inTurn([...differing.values()], pace, async ({ asked, revision }) => {
    if (asked !== undefined) await register.write({ file: asked.file, now: instantOf(Date.now()), over: revision });
  });
}

function byKind(differing: Looks): ReadonlyMap<Difference, readonly string[]> {
  const found = new Map<Difference, string[]>();
  for (const [reference, { differences }] of differing)
    for (const kind of differences) found.set(kind, [...(found.get(kind) ?? []), reference]);
  return found;
}
