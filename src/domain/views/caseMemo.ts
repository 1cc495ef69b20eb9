/* The part of a case in lists that only we can read. */

import type { Instant, PlainDate } from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import { readingPartners, whereIs } from '../rights/told';

/** What the engine keeps of a case encrypted, since nothing but the attributes may be readable. */
export interface Memo {
  /** The first day of the stage. The list of 0.3.0 reads it, to which a release may go back. */
  readonly since: PlainDate;
  /** Whether the police may not know of the case. Every case says it, in one character: encrypted, neither presence nor length tells anything. */
  readonly hidden: 0 | 1;
  /** The partners who may know of the case: a digit for each that there is, so that the length tells nothing either. */
  readonly told: string;
}

export function memoOf(file: CaseFile, now: Instant): Memo {
  const situation = situationAt(file, now);
  const { told = [] } = whereIs(situation, file.start.edition);
  const digits = readingPartners.map((partner) => (told.includes(partner) ? '1' : '0'));
  return { since: situation.since, hidden: situation.hidden ? 1 : 0, told: digits.join('') };
}

/** The partners that a memo names; none where it is not known to be ours. */
export function toldIn(told: unknown): readonly string[] {
  return typeof told === 'string' ? readingPartners.filter((_, place) => told[place] === '1') : [];
}
