/* Lines over years or months. */

import type { Language } from '../domain/basics/language';
import { eachYear, monthsOf } from './periods';
import { countriesInWords, type CountsView, type RanksView } from './view';

export interface Lines {
  /** The years or months, from left to right. */
  readonly names: readonly string[];
  readonly lines: readonly { readonly name: string; readonly points: readonly (number | null)[] }[];
  /** Whether a number of this year or month is hidden. */
  readonly hidden: readonly boolean[];
}

/** Offers have a line for each answer over the months. Any other table has a line for each row over the years, if anybody was counted in it. */
export function linesOfCounts({ table, columns, rows }: CountsView): Lines {
  const acrossRows = table === 'offers';
  const names = (acrossRows ? rows : columns).map(({ name }) => name);
  const all = acrossRows
    ? columns.map(({ name }, place) => ({ name, points: rows.map(({ counts }) => counts[place] ?? null) }))
    : rows.map(({ name, counts }) => ({ name, points: counts }));
  const hidden = names.map((_, place) => all.some(({ points }) => points[place] === null));
  return { names, lines: all.filter(({ points }) => points.some((point) => point !== null && point > 0)), hidden };
}

/** The most lines that a reader tells apart; ours. */
const mostLines = 12;

/** A line for each nationality of the last year in which anybody was counted. Where a year does not name it, the line has a gap. */
export function linesOfRanks({ periods }: RanksView, language: Language): Lines {
  const [first, last] = [periods[0], periods.at(-1)];
  const years =
    first === undefined || last === undefined ? [] : eachYear({ since: monthsOf(first.period).since, until: monthsOf(last.period).until });
  const latest = periods.findLast(({ rows }) => rows.length > 0);
  const shown = (latest?.rows ?? []).flatMap(({ nationalities }) => nationalities).slice(0, mostLines);
  const lines = shown.map((nationality) => ({
    name: countriesInWords([nationality], language),
    points: years.map(
      (year) =>
        periods.find(({ period }) => period === year)?.rows.find(({ nationalities }) => nationalities.includes(nationality))?.count ?? null,
    ),
  }));
  return { names: years, lines, hidden: years.map(() => false) };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The name of a line beside its last point, moved so that it covers no other. */
export interface NameAtTheEnd {
  readonly name: string;
  readonly from: Point;
  readonly to: Point;
}

const lineHeight = 17;

/** The names to the right of an area: each as high as its line ends, or as near to that as the others let it be. */
export function namesAtTheEnd(
  { names, lines }: Lines,
  most: number,
  area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): readonly NameAtTheEnd[] {
  const { left, top, width, height } = area;
  const ends = lines
    .map(({ name, points }) => ({ name, at: points.findLastIndex((point) => point !== null), points }))
    .map(({ name, at, points }) => ({
      name,
      from: { x: left + ((at + 0.5) / names.length) * width, y: top + (1 - (points[at] ?? 0) / most) * height },
    }))
    .toSorted((one, other) => one.from.y - other.from.y);
  // From the top each moves down as far as it must, and then from the bottom up, so that none leaves the area.
  const down = ends.reduce<number[]>((placed, { from }) => [...placed, Math.max(from.y, (placed.at(-1) ?? 0) + lineHeight)], []);
  const up = down.reduceRight<number[]>((placed, y) => [Math.min(y, (placed[0] ?? top + height + lineHeight) - lineHeight), ...placed], []);
  return ends.map((end, place) => ({ ...end, to: { x: left + width + 20, y: up[place] ?? end.from.y } }));
}
