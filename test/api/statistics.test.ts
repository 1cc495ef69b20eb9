import { readFileSync } from 'node:fs';
import { openStatistics } from '../../src/commands/openStatistics';
import { nationalities } from '../../src/casework/requests/isoCodes';
import type { StatisticsRow } from '../../src/domain/views/statisticsRow';
import { readImported } from '../../src/statistics/importedFile';
import { tableIds } from '../../src/statistics/tables';
import { openStore, type Store } from '../../src/store/store';
import { openOnPglite, type TestDatabase } from '../support/databases';
import { countPersons, somebody } from '../support/personsCounted';
import { statisticAnswer, publicationAnswer } from '../../src/api/responses/statisticsSchemas';
import { presentation } from '../statistics/support/presentation';
import { testKey } from '../support/key';
import { startService, type Service } from './support/service';

describe('the tables', () => {
  it('are listed for the rapporteur, in their language', async () => {
    const { body, headers } = await rapporteur().get('/v1/statistics', { 'Accept-Language': 'nl' });
    expect((body.items as { table: string }[]).map(({ table }) => table)).toEqual(tableIds);
    expect(body.items[1].title).toBe('Mogelijke slachtoffers naar geslacht');
    expect(headers.get('Content-Language')).toBe('nl');
  });

  it.each(tableIds)('answer as described, as JSON, as a sheet and as a chart: %s', async (table) => {
    const { status, body } = await rapporteur().get(`/v1/statistics/${table}`);
    expect([status, statisticAnswer.safeParse(body).error]).toEqual([200, undefined]);
    const sheet = await rapporteur().get(`/v1/statistics/${table}.csv`);
    expect([sheet.status, sheet.headers.get('Content-Type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const chart = await rapporteur().get(`/v1/statistics/${table}`, { Accept: 'image/svg+xml', 'Accept-Language': 'nl' });
    expect([chart.status, chart.headers.get('Content-Type')]).toEqual([200, 'image/svg+xml']);
    expect(chart.body).toContain(`<title id="title">`);
    expect(chart.headers.get('Vary')).toBe('Accept, Accept-Language');
  });

  it('count exactly, small numbers too', async () => {
    const { body } = await rapporteur().get('/v1/statistics/sex?from=2025-01&until=2026-12');
    expect(body).toMatchObject({ period: '2025-01/2026-12', publishedAt: null });
    expect(counted(body)).toEqual({ female: [0, 30], male: [0, 4], other: [0, 0], unknown: [0, 0] });
    expect(body.totals).toEqual({ counts: [0, 34], total: 34 });
  });

  it('prefer the end of the path to what the caller accepts', async () => {
    const { headers } = await rapporteur().get('/v1/statistics/sex.json', { Accept: 'text/csv' });
    expect(headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect((await rapporteur().get('/v1/statistics/sex', { Accept: 'text/csv' })).body).toMatch(/^,2018,.*,total\r\nfemale,0,/);
  });

  it.each([
    ['/v1/statistics/nationality-by-caseworker', 404, 'not-found'],
    ['/v1/statistics/sex.pdf', 404, 'not-found'],
    ['/v1/statistics/sex?from=2026', 400, 'invalid-request'],
    ['/v1/statistics/sex?from=2026-05&until=2026-04', 400, 'invalid-request'],
    ['/v1/statistics/sex?office=amsterdam', 400, 'invalid-request'],
    ['/v1/statistics/sex?top=3', 400, 'invalid-request'],
    ['/v1/statistics/publications/nothing', 404, 'not-found'],
  ])('are no others, and take no other wishes: %s', async (path, status, code) => {
    const answer = await rapporteur().get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('the table of nationalities', () => {
  it('has the years before the service row by row as they were presented, marked with their source', async () => {
    const { body } = await rapporteur().get('/v1/statistics/nationality-year.csv?from=2010-01&until=2012-12');
    expect((body as string).split('\r\n')).toEqual(['year,rank,nationality,count,source', ...presentation.en, '']);
  });

  it('keeps the ranks in another language, with its names in its own order', async () => {
    const { body } = await rapporteur().get('/v1/statistics/nationality-year?from=2011-01&until=2011-12', { 'Accept-Language': 'nl' });
    expect(body.periods[0].rows.slice(7)).toEqual([
      { rank: 8, name: 'China / Roemenië', nationalities: ['CN', 'RO'], count: 40 },
      { rank: 9, name: 'Angola', nationalities: ['AO'], count: 19 },
      { rank: 10, name: 'Oeganda', nationalities: ['UG'], count: 14 },
    ]);
  });

  it('has rows up to a number, and a tie at the last whole', async () => {
    const { body } = await rapporteur().get('/v1/statistics/nationality-year?from=2011-01&until=2011-12&top=8');
    expect(body.periods[0].rows.at(-1)).toMatchObject({ rank: 8, name: 'China / Romania', count: 40 });
    expect(body.periods[0].rows).toHaveLength(8);
  });

  it('has the years of the service after them, with the others, the unknown and the total below', async () => {
    const { body } = await rapporteur().get('/v1/statistics/nationality-year?top=2');
    expect((body.periods as { period: string }[]).map(({ period }) => period)).toEqual(['2010', '2011', '2012', ...years(2018, 2027)]);
    expect(body.periods.at(-2)).toMatchObject({
      period: '2026',
      rows: [
        { rank: 1, name: 'Hungary', count: 20 },
        { rank: 2, name: 'Nigeria / stateless', count: 5 },
      ],
      ...{ other: { name: 'other nationalities', count: 3 }, unknown: { name: 'unknown', count: 1 }, total: 34 },
    });
    expect(body.periods[0]).toMatchObject({ other: null, unknown: null, total: null });
  });
});

describe('a publication', () => {
  it('is made once for a period that is over, hides small numbers, and is frozen', async () => {
    const made = await rapporteur().post('/v1/statistics/publications', { table: 'sex', period: '2026' });
    expect([made.status, publicationAnswer.safeParse(made.body).error]).toEqual([201, undefined]);
    expect(made.headers.get('Location')).toBe(`/v1/statistics/publications/${made.body.id}`);
    expect(counted(made.body.statistic)).toMatchObject({ female: [null], male: [null], other: [0] });
    await countPersons(database.place, persons('later', 40, { sex: 'male' }));
    const read = await service.as('supervisor-1').get(`/v1/statistics/publications/${made.body.id}`);
    expect(read.body).toEqual(made.body);
    const again = await rapporteur().post('/v1/statistics/publications', { table: 'sex', period: '2026' });
    expect([again.status, again.body.code, again.body.publication]).toEqual([409, 'published-before', made.headers.get('Location')]);
  });

  it('keeps no number in clear that it hides', async () => {
    const { body } = await rapporteur().post('/v1/statistics/publications', { table: 'sector', period: '2026' });
    const exact = await service.as('rapporteur-1').get('/v1/statistics/sector?from=2026-01&until=2026-12');
    expect(exact.body.totals.total).toBeGreaterThan(0);
    const [row] = await database.asOwner(
      `select body, exact is not null as sealed from pathways.statistics_publication where id = '${body.id}'`,
    );
    expect(row).toEqual({ sealed: true, body: { shown: expect.objectContaining({ counts: expect.anything() }) } });
  });

  it('is the same for the same key, whose use for another table is refused', async () => {
    const order = { table: 'age-group', period: '2026-Q2' };
    const [one, other] = await Promise.all([1, 2].map(() => rapporteur().post('/v1/statistics/publications', order, 'a key')));
    expect([one?.status, other?.status, other?.body]).toEqual([201, 201, one?.body]);
    const reused = await rapporteur().post('/v1/statistics/publications', { ...order, period: '2026-Q1' }, 'a key');
    expect([reused.status, reused.body.code]).toEqual([409, 'idempotency-key-reused']);
  });

  it.each(['2027', '2027-Q1', '2030'])('is not made of a period that is not over: %s', async (period) => {
    const { status, body } = await rapporteur().post('/v1/statistics/publications', { table: 'sex', period });
    expect([status, body.errors]).toEqual([400, [{ path: 'period', message: 'is not over yet' }]]);
  });

  it('has no key, no such table and no such period: each is named', async () => {
    const { body } = await rapporteur().send('POST', '/v1/statistics/publications', { body: { table: 'wages', period: '2026-Q5' } });
    expect((body.errors as { path: string }[]).map(({ path }) => path)).toEqual(['Idempotency-Key', 'table', 'period']);
  });

  it('shows a hidden number in words in the sheet, and hatched in the chart', async () => {
    const { body } = await rapporteur().post('/v1/statistics/publications', { table: 'offers', period: '2026-Q1' });
    const path = `/v1/statistics/publications/${body.id}`;
    expect((await service.as('auditor-1').get(`${path}.csv`)).body).toContain('2026-01,<11 or hidden,<11 or hidden,<11 or hidden,');
    const { body: chart } = await service.as('auditor-1').get(`${path}.svg`);
    expect(chart).toContain('Hatched: fewer than 11');
    expect(chart).toContain('fill="url(#chart-p0)"');
  });

  it('has no median of ten persons, and one of eleven without their number', async () => {
    const { body } = await rapporteur().post('/v1/statistics/publications', { table: 'stage-time', period: '2026' });
    const { columns, rows } = body.statistic;
    expect((columns as { code: string }[]).map(({ code }) => code)).toEqual(['lowerQuartile', 'median', 'upperQuartile']);
    expect(rows.slice(0, 2)).toMatchObject([
      { code: 'intake', counts: [2, 2, 2] },
      { code: 'reflection', counts: [null, null, null] },
    ]);
  });

  it('is listed with all others, the newest first, for those who read publications', async () => {
    for (const who of ['rapporteur-1', 'supervisor-1', 'auditor-1']) {
      const { body } = await service.as(who).get('/v1/statistics/publications');
      expect((body.items as { table: string }[]).map(({ table }) => table).toReversed()).toEqual([
        'sex',
        'sector',
        'age-group',
        'offers',
        'stage-time',
      ]);
    }
  });

  it('leaves a durable line, and each table that was asked for a line with its number of rows', async () => {
    expect(service.audit.durable()).toContainEqual(expect.objectContaining({ did: 'publish', outcome: 'done', who: 'rapporteur-1' }));
    expect(service.audit.lines()).toContainEqual(
      expect.objectContaining({ did: 'statistics', outcome: 'seen', rows: 4, purpose: 'statistics' }),
    );
  });
});

/** Two women from Hungary for each man, and a few others; the offers of January. */
const registered = [
  ...persons('one', 20, { daysInIntake: 2 }),
  ...persons('two', 5, { nationality: 'NG', offerMonth: '2026-01-01', offerOutcome: 'accepted', daysInReflection: 90 }),
  ...persons('three', 5, { nationality: 'XX', offerMonth: '2026-01-01', offerOutcome: 'declined', daysInReflection: 90 }),
  ...persons('four', 3, { nationality: 'BG', sex: 'male' }),
  ...persons('five', 1, { nationality: 'ZZ', sex: 'male' }),
];

let database: TestDatabase;
let store: Store;
let service: Service;
beforeAll(async () => {
  database = await openOnPglite();
  store = openStore(database.place);
  await countPersons(database.place, registered);
  const { rows } = readImported(readFileSync(presentation.file, 'utf8'), nationalities);
  await store.statistics.replaceNationalities(rows);
  const clock = () => Date.parse('2027-02-10T09:00:00Z');
  service = await startService({ worker: false, statistics: openStatistics(store.statistics, testKey), clock });
});
afterAll(async () => {
  await service.stop();
  await store.close();
  await database.close();
});

function rapporteur() {
  return service.as('rapporteur-1');
}

function persons(name: string, number: number, row: Partial<StatisticsRow>) {
  return Array.from({ length: number }, (_, place) => ({ id: `${name} ${place}`, row: { ...somebody, ...row } }));
}

function counted({ rows }: { rows: { code: string; counts: (number | null)[] }[] }) {
  return Object.fromEntries(rows.map(({ code, counts }) => [code, counts]));
}

function years(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, place) => String(first + place));
}
