/** One cell; null stands for nothing. */
export type CsvCell = string | number | boolean | null;

/** A table as CSV (RFC 4180): each row ends in CRLF, and a cell that holds a comma, a quote or the end of a line stands in quotes. */
export function csvOf(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  return [header, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

/** A program for tables reads a text that begins so as a formula, and runs it. A number is none. */
const formula = /^[=+\-@\t\r]/;

function cellOf(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const harmless = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
