import { countTable, exactFigures, publishedDays, type Count } from '../../src/statistics/figures';
import { importedRankings, rankings } from '../../src/statistics/nationalities';
import { eachMonth, eachYear, monthsOf, type Months } from '../../src/statistics/periods';
import { protect } from '../../src/statistics/protection/protect';
import { withheld } from '../../src/statistics/protection/tables';
import { namesAtTheEnd } from '../../src/statistics/chartLines';
import { svgOf } from '../../src/statistics/svg';
import { kindOf, tableIds, type TableId } from '../../src/statistics/tables';
import { countsInWords, ranksInWords, type StatisticView } from '../../src/statistics/view';

describe('a chart', () => {
  it.each(tableIds)('is one picture with a name, and with the whole table in words: %s', async (table) => {
    const chart = await svgOf(exact(table), 'en');
    expect(chart).toMatch(/^<svg [^>]*role="img" aria-labelledby="title words" lang="en">\n<title id="title">[^<]+, 2025–2026<\/title>/);
    const [, words = ''] = /<desc id="words">([^<]+)<\/desc>/.exec(chart) ?? [];
    for (const { name } of rowsOf(exact(table))) expect(words).toContain(escaped(name));
  });

  it.each(tableIds)('holds no style, no script and no name of a class: our answers forbid styles and scripts: %s', async (table) => {
    expect(await svgOf(exact(table), 'nl')).not.toMatch(/<style|style=|<script|class=|javascript:|ecmeta/);
  });

  it.each(tableIds)('is the same picture for the same table: %s', async (table) => {
    expect(await svgOf(exact(table), 'en')).toBe(await svgOf(exact(table), 'en'));
  });

  it.each(tableIds)('has a white ground and black words, title, source and date: %s', async (table) => {
    const chart = await svgOf(exact(table), 'en');
    expect(chart).toMatch(/<rect width="\d+" height="\d+" x="0" y="0" fill="#fff">/);
    for (const [, colour] of chart.matchAll(/<text [^>]*fill="([^"]+)"/g)) expect(colour).toBe('#000');
    expect(chart).toContain('Source: the reflection-period service. Exact figures, not for publication, 1 March 2027.');
  });

  it('names each line at its end, and dashes each in another way', async () => {
    const chart = await svgOf(exact('sector'), 'en');
    const lines = [...chart.matchAll(/stroke-width="2"( stroke-dasharray="[^"]+")?/g)].map(([, dashes = 'none']) => dashes);
    expect(lines.length).toBeGreaterThan(5);
    expect(new Set(lines).size).toBe(lines.length);
    expect(chart).toContain('>forced begging</text>');
  });

  it('hatches what is hidden and says so, and hatches nothing else', async () => {
    const hidden = await svgOf(await published('period-ends'), 'en');
    expect(hidden).toContain('&lt;11 or hidden</text>');
    expect(hidden).toContain('Hatched: fewer than 11');
    expect(hidden).toContain('url(#chart-p0)');
    expect(await svgOf(exact('period-ends'), 'en')).not.toMatch(/Hatched|pattern/);
  });

  it('draws no line from nowhere where each number of it is hidden', async () => {
    const chart = await svgOf(await published('offers', 1), 'en');
    // The thin lines lead to the names of lines.
    expect(await svgOf(exact('offers'), 'en')).toContain('stroke="#777"');
    expect(chart).not.toMatch(/stroke="#777"|NaN/);
  });

  it('is drawn of nobody, too', async () => {
    for (const table of tableIds) expect(await svgOf(viewOf(table, []), 'en')).not.toMatch(/NaN|Infinity/);
  });

  it('of a table that is withheld is hatched as a whole', async () => {
    for (const table of ['sex', 'offers', 'nationality-year'] as const) {
      const shown = withheld(countTable(table, '2026', countsOf(table, monthsOf('2026'), 5), monthsOf('2026')));
      const occasion = { ...occasionOf(table), period: '2026', language: 'en' as const };
      const view = table === 'nationality-year' ? ranksInWords(rankings(shown, 10), occasion) : countsInWords(shown, occasion);
      expect(await svgOf(view, 'en')).toMatch(/Hatched[^]*&lt;11 or hidden<\/text>|&lt;11 or hidden<\/text>[^]*Hatched/);
    }
  });

  it('says the quarter in words', async () => {
    const occasion = { table: 'sex', period: '2026-Q3', publishedAt: null, madeAt: '2027-03-01T09:00:00Z', language: 'nl' } as const;
    const view = countsInWords(exactFigures('sex', [], monthsOf('2026-Q3')), occasion);
    expect(await svgOf(view, 'nl')).toContain('Mogelijke slachtoffers naar geslacht, kwartaal 3 van 2026');
  });

  it('says what an imported year is', async () => {
    const rows = importedRankings([{ year: 2011, rank: 1, nationality: 'NL', count: 337, source: 'presentation' }], 10);
    const chart = await svgOf(ranksInWords(rows, { ...occasionOf('nationality-year'), language: 'en' }), 'en');
    expect(chart).toContain('Source: as in the presentation, not official.');
    expect(chart).toContain('1. Netherlands');
  });
});

describe('the names at the ends of lines', () => {
  it('cover no other name, and stay within the picture', () => {
    const area = { left: 0, top: 100, width: 500, height: 300 };
    const lines = ['a', 'b', 'c', 'd'].map((name) => ({ name, points: [5, name === 'a' ? 100 : 0] }));
    const places = namesAtTheEnd({ names: ['2025', '2026'], lines, hidden: [] }, 100, area).map(({ to }) => to.y);
    expect(places[0]).toBe(100);
    expect(places.at(-1)).toBe(400);
    for (const [place, y] of places.slice(1).entries()) expect(y - (places[place] ?? 0)).toBeGreaterThanOrEqual(17);
  });
});

const months: Months = { since: '2025-01-01', until: '2026-12-01' };

function exact(table: TableId): StatisticView {
  return viewOf(table, countsOf(table, months, 13));
}

function viewOf(table: TableId, counts: readonly Count[]): StatisticView {
  const figures = exactFigures(table, counts, months);
  const occasion = { ...occasionOf(table), language: 'en' as const };
  return kindOf(table).shape === 'ranks' ? ranksInWords(rankings(figures, 10), occasion) : countsInWords(figures, occasion);
}

async function published(table: TableId, most = 30): Promise<StatisticView> {
  const period = '2026';
  const counts = countsOf(table, monthsOf(period), most);
  const shown =
    kindOf(table).shape === 'days'
      ? publishedDays(table, counts, monthsOf(period))
      : await protect(countTable(table, period, counts, monthsOf(period)), []);
  return countsInWords(shown, { ...occasionOf(table), period, language: 'en' });
}

/** Numbers from 1 on in every cell. */
function countsOf(table: TableId, within: Months, most: number): readonly Count[] {
  const { rows, columns = eachYear(within) } = kindOf(table);
  const names = rows ?? (table === 'nationality-year' ? ['NL', 'RO', 'CN', 'XX'] : (table === 'offers' ? eachMonth : eachYear)(within));
  return names.flatMap((row, r) => columns.map((column, c) => ({ row, column, amount: 1 + ((r * 7 + c * 5) % most) })));
}

function occasionOf(table: TableId) {
  return { table, period: '2025-01/2026-12', publishedAt: null, madeAt: '2027-03-01T09:00:00Z' } as const;
}

function rowsOf(view: StatisticView): readonly { readonly name: string }[] {
  return 'periods' in view ? view.periods.flatMap(({ rows }) => rows) : view.rows;
}

function escaped(name: string): string {
  return name.replaceAll('&', '&amp;');
}
