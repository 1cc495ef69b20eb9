/* The findings of a rehearsal, counted over all cases. A line never names a case. */

import { shiftOf, type Finding } from './comparison';

/** A line of the result. */
export interface Count {
  readonly number: number;
  readonly words: string;
  /** No release may do this to a case. */
  readonly isRed: boolean;
}

/** The same with the cases themselves, for whoever asks for them. */
export interface CountOfCases extends Count {
  readonly references: readonly string[];
}

/** Dates that move in few ways are told one by one, others by the days that they move; ours. */
const fewWays = 5;

type Move = Extract<Finding, { kind: 'moves' }>;

/** The lines that are told also when there is nothing to tell, in their order. */
const always: readonly Omit<Count, 'number'>[] = [
  { words: 'cannot be folded', isRed: true },
  { words: 'letters that the move itself would send', isRed: false },
  { words: 'items held for the next digests', isRed: false },
];

export class Tally {
  private readonly lines = new Map<string, { isRed: boolean; number: number; references: Set<string> }>();
  private readonly moves = new Map<string, (Move & { readonly reference: string })[]>();

  /** Counts a case under some words. Letters and items count by their own number, everything else once a case. */
  note(reference: string, { words, isRed }: Omit<Count, 'number'>, number?: number): void {
    const line = this.lines.get(words) ?? { isRed, number: 0, references: new Set<string>() };
    line.number += number ?? (line.references.has(reference) ? 0 : 1);
    line.references.add(reference);
    this.lines.set(words, line);
  }

  add(reference: string, findings: readonly Finding[]): void {
    for (const finding of findings) {
      if (finding.kind === 'moves') this.moves.set(finding.item, [...(this.moves.get(finding.item) ?? []), { ...finding, reference }]);
      else this.note(reference, toldAs(finding), 'number' in finding ? finding.number : undefined);
    }
  }

  /** The lines: those that forbid the release first, then by the number of cases. */
  counts(): readonly CountOfCases[] {
    const told = new Tally();
    for (const [words, line] of this.lines) told.lines.set(words, line);
    for (const moves of this.moves.values()) {
      const ways = new Set(moves.map(({ from, to }) => `${from} ${to}`)).size;
      for (const move of moves) told.note(move.reference, { words: ways > fewWays ? byDays(move) : byDates(move), isRed: false });
    }
    const silent = always.filter(({ words }) => !told.lines.has(words)).map((each) => ({ ...each, number: 0, references: [] }));
    const lines = [...told.lines].map(([words, { references, ...line }]) => ({ words, ...line, references: [...references].sort() }));
    return [...lines, ...silent].sort((one, other) => Number(other.isRed) - Number(one.isRed) || other.number - one.number);
  }
}

function toldAs(finding: Exclude<Finding, Move>): Omit<Count, 'number'> {
  switch (finding.kind) {
    case 'unfoldable':
      return { words: 'cannot be folded', isRed: true };
    case 'silent':
      return { words: 'give no answer', isRed: true };
    case 'stage':
      return { words: `stage: ${finding.from} -> ${finding.to}`, isRed: true };
    case 'lost':
      return { words: `would lose: ${finding.field}`, isRed: true };
    case 'unknown':
      return { words: `a fact that the build does not know: ${finding.type}`, isRed: true };
    case 'leaving':
      return { words: 'letters that the move itself would send', isRed: false };
    case 'held':
      return { words: 'items held for the next digests', isRed: false };
    case 'comes':
    case 'goes':
    case 'ends':
    case 'opensAgain':
      return { words: `${finding.item}: the ${finding.what} ${happens[finding.kind]}`, isRed: false };
  }
}

const happens = { comes: 'comes', goes: 'goes', ends: 'ends', opensAgain: 'opens again' } as const;

function byDates({ item, from, to }: Move): string {
  return `${item}: ${from} -> ${to}`;
}

function byDays({ item, from, to }: Move): string {
  const days = shiftOf(from, to);
  if (days === undefined) return `${item}: ${to === 'none' ? 'none any more' : 'where there was none'}`;
  if (days === 0) return `${item}: another hour of the same day`;
  return `${item}: ${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'earlier' : 'later'}`;
}
