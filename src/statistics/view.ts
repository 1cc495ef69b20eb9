/* A table of statistics in words, as a front end shows it. */

import type { Instant } from '../domain/basics/calendar';
import type { Language } from '../domain/basics/language';
import { stageName } from '../domain/words';
import { stages } from '../domain/state/situation';
import type { Figures } from './figures';
import { ownSource, type RankedRow, type Ranking } from './nationalities';
import { kindOf, type TableId, type Unit } from './tables';
import { answerNames, codeNames, noCountry, someWords, sourceNames, tableWords } from './words';

/** A table in words. `null` is a hidden number; of days it is a median of fewer than 11 persons. */
export type StatisticView = CountsView | RanksView;

interface About {
  readonly table: TableId;
  readonly title: string;
  /** What is counted, by which day. */
  readonly counts: string;
  /** The months, or the period of a publication. */
  readonly period: string;
  /** When it was published; null: exact figures, which are not published. */
  readonly publishedAt: Instant | null;
  readonly madeAt: Instant;
}

export interface CountsView extends About {
  readonly unit: Unit;
  readonly source: string;
  readonly columns: readonly Named[];
  readonly rows: readonly (Named & { readonly counts: readonly (number | null)[]; readonly total: number | null })[];
  /** Null where a sum has no sense. */
  readonly totals: { readonly counts: readonly (number | null)[]; readonly total: number | null } | null;
}

interface Named {
  readonly code: string;
  readonly name: string;
}

export interface RanksView extends About {
  readonly unit: 'persons';
  readonly periods: readonly RankedPeriod[];
}

/** The nationalities of one year, or of one period of a publication. */
export interface RankedPeriod {
  readonly period: string;
  readonly source: string;
  /** Each row has the name of its nationalities; several have the same count, which is that of each. */
  readonly rows: readonly (RankedRow & { readonly name: string })[];
  /** All other persons; null: the source does not say. Its count is null, where it is hidden. */
  readonly other: { readonly name: string; readonly count: number | null } | null;
  /** Persons of unknown nationality; null: they are among the others, or the source does not say. */
  readonly unknown: { readonly name: string; readonly count: number } | null;
  readonly total: number | null;
}

export interface Occasion {
  readonly table: TableId;
  readonly period: string;
  readonly publishedAt: Instant | null;
  readonly madeAt: Instant;
  readonly language: Language;
}

/** Counts or days in words. */
export function countsInWords(figures: Figures, occasion: Occasion): CountsView {
  const { table, language } = occasion;
  const hasTotals = kindOf(table).shape === 'counts';
  return {
    ...about(occasion),
    unit: kindOf(table).unit,
    source: sourceName(ownSource, language),
    columns: figures.columns.map((code) => ({ code, name: codeName(table, code, language) })),
    rows: figures.rows.map((code, place) => ({
      code,
      name: codeName(table, code, language),
      counts: figures.counts[place] ?? [],
      total: hasTotals ? (figures.rowTotals[place] ?? null) : null,
    })),
    totals: hasTotals ? { counts: figures.columnTotals, total: figures.total } : null,
  };
}

/** Nationalities in words, each year on its own. */
export function ranksInWords(rankings: readonly Ranking[], occasion: Occasion): RanksView {
  const { language } = occasion;
  return {
    ...about(occasion),
    unit: 'persons',
    periods: rankings.map(({ period, source, rows, other, unknown, total, hidesSome }) => {
      const saysOthers = source === ownSource;
      const otherName = someWords[hidesSome ? 'otherAndHidden' : 'other'][language];
      return {
        period,
        source: sourceName(source, language),
        rows: rows.map((row) => ({ ...row, name: countriesInWords(row.nationalities, language) })),
        other: saysOthers ? { name: otherName, count: other } : null,
        // Hidden, it is among the others.
        unknown: saysOthers && unknown !== null ? { name: someWords.unknown[language], count: unknown } : null,
        total,
      };
    }),
  };
}

/** Countries in the alphabet of the reader's language: `China / Romania`. */
export function countriesInWords(codes: readonly string[], language: Language): string {
  const names = new Intl.DisplayNames([locales[language]], { type: 'region' });
  const named = codes.map((code) => noCountry[code]?.[language] ?? names.of(code) ?? code);
  return named.toSorted((one, other) => one.localeCompare(other, locales[language])).join(' / ');
}

const locales = { en: 'en-GB', nl: 'nl-NL' };

function about({ table, period, publishedAt, madeAt, language }: Occasion): About {
  const { title, counts } = tableWords[table];
  return { table, title: title[language], counts: counts[language], period, publishedAt, madeAt };
}

function codeName(table: TableId, code: string, language: Language): string {
  const stage = stages.find((each) => each === code);
  if (table === 'stage-time' && stage !== undefined) return stageName(stage, language);
  const names: Readonly<Record<string, Readonly<Record<Language, string>>>> = table === 'offers' ? answerNames : codeNames;
  // Years and months are their own names.
  return names[code]?.[language] ?? code;
}

function sourceName(source: string, language: Language): string {
  return sourceNames[source]?.[language] ?? source;
}
