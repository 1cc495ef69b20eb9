import type { Highs } from 'highs';
import { isSecretBetween, type Knowledge } from './numbers';
import { Program } from './solver';

/** The least and greatest possible value of a hidden number differ by at least this (ours). */
export const width = 10;

/** How far each number is from its true value in some other table, which would look the same to everybody. */
export type OtherTable = readonly number[];

/** Somebody who knows everything that is published, and tries to find a number that is not. */
export class Attacker {
  private readonly program: Program;
  private readonly lowest: number[];
  private readonly highest: number[];

  constructor(
    highs: Highs,
    private readonly known: Knowledge,
  ) {
    const quantities = known.numbers.map(({ kind, least, count }) =>
      kind === 'hidden' || kind === 'derived' ? { least: least - count, most: Infinity, cost: 0 } : { least: 0, most: 0, cost: 0 },
    );
    this.program = new Program(
      highs,
      quantities,
      known.sums.map((terms) => ({ terms, equals: 0 })),
    );
    this.lowest = known.numbers.map(() => 0);
    this.highest = known.numbers.map(() => 0);
  }

  /** The number is no longer shown. */
  loses(number: number): void {
    this.program.setBounds(number, this.leastOf(number), Infinity);
  }

  /** Another possible table often shows of many numbers at once that they are unknown. */
  remember(table: OtherTable): void {
    table.forEach((value, number) => {
      this.lowest[number] = Math.min(this.lowest[number] ?? 0, value);
      this.highest[number] = Math.max(this.highest[number] ?? 0, value);
    });
  }

  /** Whether all possible values of the number lie close together. */
  finds(secret: number): boolean {
    const { lowest, highest } = this.rangeOf(secret);
    if (highest - lowest >= width) return false;
    this.tryFor(secret, -1);
    this.tryFor(secret, 1);
    const range = this.rangeOf(secret);
    const number = this.known.numbers[secret];
    return range.highest - range.lowest < width && number !== undefined && isSecretBetween(number, range.lowest, range.highest);
  }

  dispose(): void {
    this.program.dispose();
  }

  /** Looks for a table with the greatest value of the number (cost -1), or with the least (cost 1). */
  private tryFor(secret: number, cost: number): void {
    const { lowest, highest } = this.rangeOf(secret);
    if (highest - lowest >= width) return;
    // Further values need not be looked for, and without bounds there might be no greatest one.
    this.program.setBounds(secret, Math.max(this.leastOf(secret), highest - width), lowest + width);
    this.program.setCost(secret, cost);
    const table = this.program.cheapest();
    this.program.setCost(secret, 0);
    this.program.setBounds(secret, this.leastOf(secret), Infinity);
    if (table === null) throw new Error('the true table is not among the possible ones');
    this.remember(table);
  }

  private rangeOf(number: number): { readonly lowest: number; readonly highest: number } {
    return { lowest: this.lowest[number] ?? 0, highest: this.highest[number] ?? 0 };
  }

  private leastOf(number: number): number {
    const { least = 0, count = 0 } = this.known.numbers[number] ?? {};
    return least - count;
  }
}
