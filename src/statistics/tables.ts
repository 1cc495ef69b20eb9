/* THE TABLES OF STATISTICS. There are no others: each new one is a decision (docs/decisions/0035-what-is-counted.md). */

import { ageGroups, sectors, sexes } from '../domain/facts/catalogue';
import { countedStages, offerOutcomes } from '../domain/views/statisticsRow';

interface TableKind {
  /** `ranks`: nationalities by number. `counts`: rows by year or by answer. `days`: median and quartiles. */
  readonly shape: 'ranks' | 'counts' | 'days';
  readonly unit: Unit;
  /** The rows that the table has whatever was counted. Left out, the rows are years, months or nationalities. */
  readonly rows?: readonly string[];
  /** The columns, where they are not years. */
  readonly columns?: readonly string[];
  /** Whether it tells what became of people. Then a nought is as telling as a small number. */
  readonly outcomes: boolean;
  /** Tables of one name count the same persons, so whoever knows the total of one knows that of the others. */
  readonly population?: string;
}
export type Unit = 'persons' | 'tasks' | 'contacts' | 'days';

export const measures = ['persons', 'lowerQuartile', 'median', 'upperQuartile'] as const;
export const periodEnds = ['cooperated', 'declined', 'expired', 'departedUnknown', 'otherApplication'] as const;

export const tables = {
  'nationality-year': { shape: 'ranks', unit: 'persons', outcomes: false, population: 'registered' },
  sex: { shape: 'counts', unit: 'persons', rows: sexes, outcomes: false, population: 'registered' },
  'age-group': { shape: 'counts', unit: 'persons', rows: ageGroups, outcomes: false, population: 'registered' },
  sector: { shape: 'counts', unit: 'persons', rows: sectors, outcomes: false, population: 'registered' },
  offers: { shape: 'counts', unit: 'persons', columns: offerOutcomes, outcomes: true },
  'indication-to-offer': { shape: 'days', unit: 'days', columns: measures, outcomes: false },
  'period-ends': { shape: 'counts', unit: 'persons', rows: periodEnds, outcomes: true },
  'stage-time': { shape: 'days', unit: 'days', rows: countedStages, columns: measures, outcomes: true },
  'on-time': { shape: 'counts', unit: 'tasks', rows: ['inTime', 'late'], outcomes: false },
  returns: { shape: 'counts', unit: 'persons', rows: ['returned'], outcomes: true },
  'follow-ups': { shape: 'counts', unit: 'contacts', rows: ['made', 'notMade'], outcomes: true },
} as const satisfies Readonly<Record<string, TableKind>>;

export type TableId = keyof typeof tables;
export const tableIds = Object.keys(tables) as TableId[];

export function kindOf(table: TableId): TableKind {
  return tables[table];
}

export function isTable(name: string): name is TableId {
  return Object.hasOwn(tables, name);
}
