import { dateOf, type Instant } from '../domain/basics/calendar';
import { monthOf } from '../domain/views/statisticsRow';
import type { Language } from '../domain/words';
import { exactFigures } from '../statistics/figures';
import { importedRankings, rankings, type Ranking } from '../statistics/nationalities';
import { asMonth, eachYear, interval, monthsOf, type Months } from '../statistics/periods';
import { isTable, kindOf, tableIds, type TableId } from '../statistics/tables';
import { countsInWords, ranksInWords, type StatisticView } from '../statistics/view';
import { tableWords } from '../statistics/words';
import type { Statistics } from './ports/statistics';
import { invalid, Refused } from './refused';
import type { VerbRequest } from './request';
import { statisticOptions } from './requests/statisticsShapes';
import { validated } from './requests/validation';
import { languageOf, refuseUnlessReads } from './statisticsReader';

/** A table in the list of all. */
export interface TableSummary {
  readonly table: TableId;
  readonly title: string;
  readonly counts: string;
}

export interface StatisticRequest extends VerbRequest {
  /** The name of a table, as it was sent. */
  readonly table: string;
}

/** The years of a table for which nobody names a beginning; ours. Of offers each year has twelve rows. */
const usualYears = { offers: 2, others: 10 };
const usualRows = 10;

export function statisticsFor({ statistics }: { readonly statistics: Statistics }) {
  return {
    /** The tables that there are. */
    statisticTables: async (request: VerbRequest): Promise<readonly TableSummary[]> => {
      validated({}, request);
      refuseUnlessReads(request, 'exact');
      return tableIds.map((table) => summaryOf(table, languageOf(request)));
    },

    /** One table as it is counted now. */
    statistic: async (request: StatisticRequest): Promise<StatisticView> => {
      const { options } = validated({ options: statisticOptions }, request);
      refuseUnlessReads(request, 'exact');
      const { table, now } = request;
      if (!isTable(table)) throw new Refused('not-found', { about: 'statistics' });
      if (options.top !== undefined && kindOf(table).shape !== 'ranks')
        throw invalid({ path: 'top', message: 'is for nationality-year only' });
      const months = monthsAsked(table, options, now);
      const figures = exactFigures(table, await statistics.counts(table, months), months);
      const occasion = { table, period: interval(months), publishedAt: null, madeAt: now, language: languageOf(request) };
      if (kindOf(table).shape !== 'ranks') return countsInWords(figures, occasion);
      const top = options.top === undefined ? usualRows : Number(options.top);
      const own = rankings(figures, top);
      return ranksInWords(withImported(own, await imported(top, options.from === undefined ? undefined : months)), occasion);
    },
  };

  /** Years that others published: all, or those that lie within the months. */
  async function imported(top: number, within: Months | undefined): Promise<readonly Ranking[]> {
    const all = importedRankings(await statistics.nationalities(), top);
    const years = within && eachYear(within).filter((year) => monthsOf(year).since >= within.since && monthsOf(year).until <= within.until);
    return years === undefined ? all : all.filter(({ period }) => years.includes(period));
  }
}

function monthsAsked(table: TableId, { from, until }: { from?: string | undefined; until?: string | undefined }, now: Instant): Months {
  const last = until === undefined ? monthOf(dateOf(now)) : asMonth(until);
  const years = table === 'offers' ? usualYears.offers : usualYears.others;
  return { since: from === undefined ? asMonth(`${Number(last.slice(0, 4)) - years + 1}-01`) : asMonth(from), until: last };
}

/** The years in their order. A year that others published comes from them, where the service counted nobody. */
function withImported(own: readonly Ranking[], imported: readonly Ranking[]): readonly Ranking[] {
  const counted = own.filter(({ total, period }) => total !== 0 || imported.every((each) => each.period !== period));
  const others = imported.filter(({ period }) => counted.every((each) => each.period !== period));
  return [...others, ...counted].toSorted((one, other) => (one.period < other.period ? -1 : 1));
}

function summaryOf(table: TableId, language: Language): TableSummary {
  const { title, counts } = tableWords[table];
  return { table, title: title[language], counts: counts[language] };
}
