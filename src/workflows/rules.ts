/* What a build says of itself: the forms that it reads and writes, and the effect of its rules on a case. The rehearsal asks kept builds too. */

import type { Instant } from '../domain/basics/calendar';
import { changed, openCase, refold, situationAt, type CaseFile } from '../domain/case/caseFile';
import { isKnown } from '../domain/facts/log';
import { dispatchAt, nextDueAt } from '../domain/notifications/agenda';
import { dueOf, heldFrom, namesHeld } from '../domain/notifications/moved';
import { forNextRun } from '../domain/notifications/nextRun';
import { completed } from '../domain/policy/completed';
import type { Deadline, Task } from '../domain/state/workPlan';
import type { PathwayStart } from './messages';

/** Pure, so that a kept bundle answers outside the engine as it does in a run. */
export interface BuildRules {
  /** The forms of what is carried that this build reads, and the one that it writes (docs/decisions/0032-what-a-case-carries.md). */
  readonly forms: { readonly reads: readonly number[]; readonly writes: number };
  /** What a run hands to the next. `self`: the build that writes it. */
  carried(file: CaseFile, now: Instant, self: string | undefined): PathwayStart;
  /** The case as a new run of this build, `self`, takes it over. Throws if it cannot be read or folded. */
  takenOver(carried: unknown, now: Instant, self: string | undefined): CaseFile;
  /** The case at an instant by the rules of this build. */
  told(file: CaseFile, now: Instant): ToldCase;
}

/** A case as the rehearsal compares it between two builds: ids, dates and numbers, and nothing about the person. */
export interface ToldCase {
  readonly stage: string;
  readonly entries: number;
  /** Types in the log that this build does not know. */
  readonly unknown: readonly string[];
  /** Open and ended tasks and deadlines, by id. */
  readonly items: Readonly<Record<string, ToldItem>>;
  /** Letters and notices that leave at once, and items held for the next digests: each once, by a name that both builds give it. */
  readonly leaving: readonly string[];
  readonly held: readonly string[];
  /** The next instant at which something happens by itself. */
  readonly next: Instant | null;
}

export interface ToldItem {
  readonly kind: 'task' | 'deadline';
  /** A date, or an instant for an item of hours. */
  readonly due: string;
  readonly isOpen: boolean;
}

const reads: readonly number[] = [1];
const writes = 1;

export const rules: BuildRules = { forms: { reads, writes }, carried, takenOver, told };

function carried(file: CaseFile, now: Instant, self: string | undefined): PathwayStart {
  // The outbox counts what is under way as perhaps delivered: that is a change.
  const next = changed(file, { outbox: forNextRun(file, now) });
  const { start, entries, revision, counted, outbox } = next;
  const build = self === undefined ? {} : { build: self };
  return { version: writes, start, entries, revision, counted, outbox, ...build, due: dueOf(next, now) };
}

function takenOver(input: unknown, now: Instant, self: string | undefined): CaseFile {
  const { start, entries, build, due, ...post } = read(input);
  const withEdition = { ...start, edition: completed(start.edition) };
  if (entries === undefined) return openCase(withEdition);
  const file = refold(withEdition, entries, post);
  return build === self || due === undefined ? file : heldFrom(file, due, now);
}

/** An error here fails the task of the run: this case waits for a build that reads it, and no other case does. It has no word of the case. */
function read(input: unknown): PathwayStart {
  // The codec puts a marker in place of what it cannot decrypt.
  if (typeof input !== 'object' || input === null || !('start' in input)) throw new Error('the start of this run cannot be read');
  const version: unknown = 'version' in input ? input.version : undefined;
  if (reads.some((form) => form === version)) return input as PathwayStart;
  const form = typeof version === 'number' ? `form ${version}` : 'no known form';
  throw new Error(`what is carried has ${form}, and this build reads ${reads.join(', ')}`);
}

function told(file: CaseFile, now: Instant): ToldCase {
  const { stage, tasks, deadlines } = situationAt(file, now);
  const { letters, notices } = dispatchAt(file, now).dispatch;
  return {
    stage,
    entries: file.entries.length,
    unknown: [...new Set(file.entries.filter((entry) => !isKnown(entry)).map(({ type }) => type))],
    items: Object.fromEntries<ToldItem>([...tasks.map(toldTask), ...deadlines.map(toldDeadline)]),
    leaving: [...letters, ...notices].map(({ id }) => id),
    held: namesHeld(file, now),
    next: nextDueAt(file, now),
  };
}

function toldTask({ id, dueAt, dueOn, end }: Task): readonly [string, ToldItem] {
  return [id, { kind: 'task', due: dueAt ?? dueOn, isOpen: end === null }];
}

function toldDeadline({ id, instant, date, end }: Deadline): readonly [string, ToldItem] {
  return [id, { kind: 'deadline', due: instant ?? date, isOpen: end === null }];
}
