/** The middle of some values, and the bounds of their middle half. */
export interface Median {
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
}

/** A median of fewer values would be near to single persons (ours). */
const fewestValues = 11;

/** Null for fewer than 11 values. Between two values it takes their share, as spreadsheets do. */
export function medianOf(values: readonly number[]): Median | null {
  if (values.length < fewestValues) return null;
  const sorted = values.toSorted((one, other) => one - other);
  return { lowerQuartile: at(sorted, 0.25), median: at(sorted, 0.5), upperQuartile: at(sorted, 0.75) };
}

function at(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [below = 0, above = below] = sorted.slice(Math.floor(place), Math.floor(place) + 2);
  return below + (above - below) * (place - Math.floor(place));
}
