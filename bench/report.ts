import type { Machine } from './machine';
import { asText, isMet, others, ratioOf, type Row } from './row';

export interface Report {
  readonly machine: Machine;
  readonly cases: number;
  readonly rows: readonly Row[];
}

const measured = ['ours', ...others] as const;

/** The report as the one JSON object that `--json` prints. */
export function asJson({ machine, cases, rows }: Report): string {
  const figures = rows.map((row) => ({
    figure: row.figure,
    unit: row.unit,
    ...Object.fromEntries(measured.map((name) => [name, rounded(row.values[name] ?? null)])),
    ratio: Object.fromEntries(others.map((other) => [other, rounded(ratioOf(row, other))])),
    target: asText(row),
    met: isMet(row),
  }));
  return JSON.stringify({ machine, cases, figures });
}

/** The report for people, as a table that a page of documentation can include. */
export function asTable({ machine, cases, rows }: Report): string {
  const header = ['figure', 'unit', ...measured, ...others.map((other) => `ours/${other}`), 'target', 'met'];
  const lines = [header, ...rows.map(cellsOf)];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const [head = '', ...body] = lines.map((line) => rowOf(line.map((cell, column) => cell.padEnd(widths[column] ?? 0))));
  const rule = rowOf(widths.map((width) => '-'.repeat(width)));
  const about = Object.entries({ ...machine, cases }).map(([name, value]) => `${name}: ${value}`);
  return `${[...about, '', head, rule, ...body].join('\n')}\n`;
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cellsOf(row: Row): string[] {
  const met = isMet(row);
  return [
    row.figure,
    row.unit,
    ...measured.map((name) => shown(row.values[name] ?? null)),
    ...others.map((other) => shown(ratioOf(row, other))),
    asText(row) ?? '',
    met === null ? '' : met ? 'yes' : 'NO',
  ];
}

function shown(value: number | null): string {
  if (value === null) return '';
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(5));
}
