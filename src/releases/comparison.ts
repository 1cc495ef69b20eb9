/* The difference that a release makes to one case: the rules of two builds, asked about the same file at the same instant. */

import { dateOf, daysBetween, isInstant, type Instant, type PlainDate } from '../domain/basics/calendar';
import type { CaseFile } from '../domain/case/caseFile';
import type { PathwayStart } from '../workflows/messages';
import type { BuildRules, ToldCase, ToldItem } from '../workflows/rules';
import { lostFields } from './lostFields';

/** One thing that the release does to a case. */
export type Finding =
  /** The target cannot go on with the case: no release may do that. */
  | { readonly kind: 'unfoldable' }
  /** The case gives no answer, so nobody can say. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'stage'; readonly from: string; readonly to: string }
  | { readonly kind: 'lost'; readonly field: string }
  | { readonly kind: 'unknown'; readonly type: string }
  /** These have to be known before somebody approves a release. */
  | { readonly kind: 'moves'; readonly item: string; readonly from: string; readonly to: string }
  | { readonly kind: 'comes' | 'goes' | 'ends' | 'opensAgain'; readonly item: string; readonly what: ToldItem['kind'] }
  | { readonly kind: 'leaving' | 'held'; readonly number: number };

/** A build, by its name and its rules. */
export interface Ruling {
  readonly build: string;
  readonly rules: Pick<BuildRules, 'carried' | 'takenOver' | 'told'>;
}

/** What a case would meet on its way from the build that it is on to another. */
export function compared(file: CaseFile, from: Ruling, to: Ruling, now: Instant): readonly Finding[] {
  try {
    const carried = asJson(from.rules.carried(file, now, from.build));
    // The rules of before read it too. Otherwise the move itself would count as a change of the rules.
    const before = from.rules.told(from.rules.takenOver(asJson(carried), now, from.build), now);
    const after = to.rules.takenOver(asJson(carried), now, to.build);
    const lost = new Set([
      ...lostFields(carried, after, 'takenOver'),
      ...lostFields(carried, to.rules.carried(after, now, to.build), 'handedOn'),
    ]);
    return [...[...lost].map((field) => ({ kind: 'lost' as const, field })), ...differences(before, to.rules.told(after, now))];
  } catch {
    return [{ kind: 'unfoldable' }];
  }
}

/** Whether a build can begin a case that no build has begun yet. */
export function begun(input: unknown, to: Ruling, now: Instant): readonly Finding[] {
  try {
    to.rules.told(to.rules.takenOver(input, now, to.build), now);
    return [];
  } catch {
    return [{ kind: 'unfoldable' }];
  }
}

/** Between two runs everything is written and read as JSON. */
function asJson(carried: PathwayStart): PathwayStart {
  return JSON.parse(JSON.stringify(carried)) as PathwayStart;
}

function differences(before: ToldCase, after: ToldCase): readonly Finding[] {
  const findings: Finding[] = [];
  if (before.stage !== after.stage) findings.push({ kind: 'stage', from: before.stage, to: after.stage });
  if (after.entries < before.entries) findings.push({ kind: 'lost', field: 'entries' });
  for (const type of after.unknown.filter((each) => !before.unknown.includes(each))) findings.push({ kind: 'unknown', type });
  for (const id of new Set([...Object.keys(before.items), ...Object.keys(after.items)]))
    findings.push(...changesOf(nameOf(id), before.items[id], after.items[id]));
  // The next letter, alarm or end of a period, whatever it is about.
  if (before.next !== after.next)
    findings.push({ kind: 'moves', item: 'next moment', from: before.next ?? 'none', to: after.next ?? 'none' });
  for (const kind of ['leaving', 'held'] as const) {
    const number = after[kind].filter((name) => !before[kind].includes(name)).length;
    if (number > 0) findings.push({ kind, number });
  }
  return findings;
}

function changesOf(item: string, before: ToldItem | undefined, after: ToldItem | undefined): readonly Finding[] {
  if (before === undefined) return after === undefined ? [] : [{ kind: 'comes', item, what: after.kind }];
  if (after === undefined) return [{ kind: 'goes', item, what: before.kind }];
  if (before.isOpen && !after.isOpen) return [{ kind: 'ends', item, what: after.kind }];
  if (!before.isOpen && after.isOpen) return [{ kind: 'opensAgain', item, what: after.kind }];
  // The date of an item that has ended moves nobody.
  return before.due === after.due || !after.isOpen ? [] : [{ kind: 'moves', item, from: before.due, to: after.due }];
}

/** The number in `decision-talk-4` tells cases apart, and says nothing of the rule. */
function nameOf(id: string): string {
  return id.replace(/-\d+$/, '');
}

/** The days by which a date moves; undefined if there was none or there is none. */
export function shiftOf(from: string, to: string): number | undefined {
  const [first, second] = [dayOf(from), dayOf(to)];
  return first === undefined || second === undefined ? undefined : daysBetween(first, second);
}

function dayOf(due: string): PlainDate | undefined {
  if (isInstant(due)) return dateOf(due);
  return due === 'none' ? undefined : (due as PlainDate);
}
