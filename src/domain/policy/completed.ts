/* An edition that a case of an earlier release carries, with the members that it lacks. */

import type { Edition } from './edition';

/** Members for an edition that lacks them, in the places where they belong. */
export type Later<T> = { readonly [Member in keyof T]?: T[Member] extends readonly unknown[] | string ? T[Member] : Later<T[Member]> };

/**
 * The members that today's code reads and an edition of 0.3.0 lacks, each with what such an edition meant without it. A new member of a row
 * is optional instead. A test names every member of 0.3.0, so that a new one cannot be forgotten.
 */
const sinceThen: Later<Edition> = {};

/** The edition that a case carries, completed with what it lacks and never changed otherwise. The same object if it lacks nothing. */
export function completed(edition: Edition, later: Later<Edition> = sinceThen): Edition {
  return filled(edition, later) as Edition;
}

function filled(present: object, later: object): object {
  const there = new Map<string, unknown>(Object.entries(present));
  const added = Object.entries(later).flatMap(([name, value]: [string, unknown]) => {
    const before = there.get(name);
    const after = before === undefined ? value : isObject(before) && isObject(value) ? filled(before, value) : before;
    return after === before ? [] : [[name, after] as const];
  });
  return added.length === 0 ? present : { ...present, ...Object.fromEntries(added) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
