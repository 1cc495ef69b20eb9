import type { Highs } from 'highs';
import { width, type OtherTable } from './attacker';
import type { Knowledge, TableNumber } from './numbers';
import { Program, type Quantity, type Term } from './solver';

/** Further numbers to hide, and two tables that are possible then, between which the secret differs enough. */
export interface Way {
  readonly hide: readonly number[];
  readonly tables: readonly OtherTable[];
}

/** A total is hidden only if no choice of counts is enough. */
const costOfTotal = 1000;

/**
 * Looks for two tables between which a secret number differs by the width, and that change as few numbers that are shown as possible. Who is
 * not shown these numbers cannot tell the two tables apart. Null if there are no such tables.
 */
export function cheapestWay(highs: Highs, known: Knowledge, hidden: ReadonlySet<number>, secret: number): Way | null {
  const quantities: Quantity[] = [];
  const largest = Math.max(1, ...known.numbers.map(({ count }) => count));
  const movesOf = (number: TableNumber, place: number) =>
    number.kind === 'derived' || hidden.has(place)
      ? [addMove(quantities, 1, { least: number.least - number.count, most: Infinity, cost: 0 })]
      : number.kind === 'open'
        ? bothWays(quantities, number, number.isTotal ? costOfTotal : 1 + number.count / largest)
        : [];
  const one = known.numbers.map(movesOf);
  const other = known.numbers.map(movesOf);
  const sums = [one, other].flatMap((moves) =>
    known.sums.map((terms) => ({ terms: terms.flatMap((term) => times(term, moves)), equals: 0 })),
  );
  const apart = [...times({ quantity: secret, factor: 1 }, one), ...times({ quantity: secret, factor: -1 }, other)];
  const program = new Program(highs, quantities, [...sums, { terms: apart, equals: width }]);
  try {
    const solution = program.cheapest();
    if (solution === null) return null;
    const tables = [one, other].map((moves) => moves.map((terms) => valueOf(terms, solution)));
    const isShown = (number: number) => known.numbers[number]?.kind === 'open' && !hidden.has(number);
    const changed = known.numbers.flatMap((_, number) => (tables.some((table) => table[number] !== 0) ? [number] : []));
    return { hide: changed.filter(isShown), tables };
  } finally {
    program.dispose();
  }
}

/** A number that is shown may rise and fall. Either costs as much, so it is two quantities. */
function bothWays(quantities: Quantity[], { least, count }: TableNumber, cost: number): readonly Term[] {
  return [addMove(quantities, 1, { least: 0, most: Infinity, cost }), addMove(quantities, -1, { least: 0, most: count - least, cost })];
}

function addMove(quantities: Quantity[], factor: number, quantity: Quantity): Term {
  return { quantity: quantities.push(quantity) - 1, factor };
}

/** A term of a number, as terms of the quantities that move it. */
function times({ quantity, factor }: Term, moves: readonly (readonly Term[])[]): readonly Term[] {
  return (moves[quantity] ?? []).map((move) => ({ quantity: move.quantity, factor: move.factor * factor }));
}

function valueOf(terms: readonly Term[], solution: readonly number[]): number {
  return terms.reduce((value, { quantity, factor }) => value + factor * (solution[quantity] ?? 0), 0);
}
