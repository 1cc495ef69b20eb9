/* Shapes of single values, and words for the faults in them. */

import { z } from 'zod';
import { isDateOfAFact, mostDependants } from '../../domain/facts/wellFormed';
import { idInWords, idShape } from '../../domain/basics/ids';
import { teamRoles, type TeamRole } from '../../domain/basics/roles';
import { nationalities } from './isoCodes';
import { nobodyHere } from './team';

export type DateSchema = z.ZodType<string>;

export const date = z.iso
  .date({ error: 'a date that exists, such as 2027-11-30', abort: true })
  .refine(isDateOfAFact, { error: 'a date between 1900 and 2200', abort: true });
export const id = z.string().regex(idShape, idInWords);

export const nationality = z.enum(nationalities, 'a country of ISO 3166-1, such as HU; XX for stateless, ZZ for unknown');
export const dependants = z.int().min(0).max(mostDependants);

// Without it zod would name a fault between values only once every other fault is gone.
export const evenBesideOtherFaults = { when: () => true };

export function unaccompaniedIsForMinors(values: unknown, faults: z.RefinementCtx): void {
  const { ageGroup, unaccompanied } = partOf(values);
  if (unaccompanied !== undefined && ageGroup === 'adult') faults.addIssue(fault(['unaccompanied'], 'is said of minors only'));
}

export function nobody(path: readonly string[]) {
  return fault(path, nobodyHere);
}

export function fault(path: readonly string[], message: string) {
  return { code: 'custom' as const, path: [...path], message };
}

export function isTeamRole(role: unknown): role is TeamRole {
  return teamRoles.some((each) => each === role);
}

/** A value, or a part of it, as an object; an empty one where it is none. */
export function partOf(value: unknown, name?: string): Readonly<Record<string, unknown>> {
  const part = name === undefined ? value : partOf(value)[name];
  return typeof part === 'object' && part !== null ? (part as Record<string, unknown>) : {};
}
