import type { CaseFile } from '../domain/case/caseFile';
import type { PathwayStart } from '../workflows/messages';

/** These never change: a fact is added, and no release alters one. The edition of a case may only be completed. */
const unalterable = ['start', 'entries', 'counted'] as const;
type Field = (typeof unalterable)[number] | 'outbox';

/** The two moments at which a build may lose something: it takes a case over, and hands it on at the next rest. */
type Step = 'takenOver' | 'handedOn';

/**
 * Fields below which things end by rule. A build drops what it held for the morning before when it holds more, and tells the next run
 * nothing of an item that has ended by its own rules.
 */
const ending: Readonly<Record<Step, readonly string[]>> = { takenOver: ['held'], handedOn: ['held', 'notifiedThrough'] };

/**
 * The fields of what a case carries that are missing in what a build makes of them, such as `entries` or `outbox.receipts`. A new field is no
 * loss. The names go no deeper, since the keys below are ids of people.
 */
export function lostFields(carried: PathwayStart, after: Partial<Pick<CaseFile, Field>>, step: Step): readonly string[] {
  const outbox = Object.entries(carried.outbox ?? {});
  const outboxAfter: Readonly<Record<string, unknown>> = { ...after.outbox };
  const isThere = (name: string, value: unknown) =>
    ending[step].includes(name) ? bothThere(outboxAfter[name], value) : holds(outboxAfter[name], value, bothThere);
  return [
    ...unalterable.filter((name) => carried[name] !== undefined && !holds(after[name], carried[name], (one, other) => one === other)),
    ...outbox.filter(([name, value]) => !isThere(name, value)).map(([name]) => `outbox.${name}`),
  ];
}

/** New rules may answer otherwise for what is under way, but they have to answer. */
function bothThere(one: unknown, other: unknown): boolean {
  return (one === undefined) === (other === undefined);
}

/** Whether a value has all that another has. */
function holds(value: unknown, all: unknown, isSame: (one: unknown, other: unknown) => boolean): boolean {
  if (typeof all !== 'object' || all === null) return isSame(value, all);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(all).every(([name, each]) => holds((value as Readonly<Record<string, unknown>>)[name], each, isSame));
}
