import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nationalities } from '../../src/casework/requests/isoCodes';
import { databasePlaceFile } from '../../src/settings/databasePlace';
import { importedRankings, ranked } from '../../src/statistics/nationalities';
import { readImported } from '../../src/statistics/importedFile';
import { openStore, type Store } from '../../src/store/store';
import { openOnPglite, type TestDatabase } from '../support/databases';
import { presentation } from './support/presentation';

describe('a file of nationalities', () => {
  const read = (...lines: readonly string[]) => readImported(['year,rank,nationality,count', ...lines, ''].join('\n'), nationalities);

  it('is read row by row, with the sums of each year', async () => {
    const { rows, faults } = readImported(await readFile(presentation.file, 'utf8'), nationalities);
    expect(faults).toEqual([]);
    const sum = (year: number) => rows.filter((row) => row.year === year).reduce((total, { count }) => total + count, 0);
    expect([2010, 2011, 2012].map(sum)).toEqual([741, 1001, 1394]);
    expect(rows.find(({ nationality, year }) => nationality === 'RO' && year === 2011)).toMatchObject({ rank: 8, count: 40 });
  });

  it('has every fault named, each with its line', () => {
    const { faults } = read('2010,1,NL,315', '210,1,NL,3', '2010,0,QQ,x', '2010,2,NG', '2010,2,NG,-4');
    expect(faults).toEqual([
      'line 3: the year is no year',
      'line 4: the rank is no number from 1 on',
      'line 4: the nationality is no country of ISO 3166-1, XX or ZZ',
      'line 4: the count is no number from 1 on',
      'line 5: has 3 fields, and not 4',
      'line 6: the count is no number from 1 on',
    ]);
  });

  it('has the ranks that its counts have, and each nationality once a year', () => {
    expect(read('2010,1,NL,315', '2010,2,RO,40', '2010,3,CN,40', '2010,4,NL,20').faults).toEqual([
      '2010: NL comes twice',
      '2010: CN with 40 has the rank 2, and not 3',
      '2010: NL with 20 has the rank 3, and not 4',
    ]);
    expect(read('2010,1,NL,315', '2010,2,RO,40', '2010,2,CN,40', '2010,3,ZZ,20').faults).toEqual([]);
  });

  it('may name its source in each line, and is none with other columns, or without rows', () => {
    const named = readImported('year,rank,nationality,count,source\r\n2010,1,NL,315,a report\r\n', nationalities);
    expect(named).toEqual({ rows: [{ year: 2010, rank: 1, nationality: 'NL', count: 315, source: 'a report' }], faults: [] });
    expect(readImported('year,nationality,count', nationalities).faults).toHaveLength(1);
    expect(read().faults).toEqual(['the file has no rows']);
  });
});

describe('ranks', () => {
  it('are dense: equal counts share one row, and the next rank follows at once', () => {
    const counts = { A: 40, B: 58, C: 40, D: 19, E: 14 };
    const rows = ranked(Object.entries(counts).map(([nationality, count]) => ({ nationality, count })));
    expect(rows.map(({ rank, nationalities: each, count }) => [rank, each.join(), count])).toEqual([
      [1, 'B', 58],
      [2, 'A,C', 40],
      [3, 'D', 19],
      [4, 'E', 14],
    ]);
  });

  it('of an imported year say nothing of the nationalities that it leaves out', () => {
    const [year] = importedRankings([{ year: 2010, rank: 1, nationality: 'NL', count: 315, source: 'a' }], 10);
    expect(year).toMatchObject({ other: null, unknown: null, total: null });
  });
});

describe('npm run statistics:import', () => {
  it('imports a file, and the same once more changes nothing', async () => {
    const outputs = [await run(presentation.file), await run(presentation.file)].map(({ stdout }) => stdout);
    expect(outputs).toEqual(Array(2).fill('imported: 31 rows of 2010, 2011, 2012\n'));
    expect(await store.statistics.nationalities()).toHaveLength(31);
    const lines = (await store.audit.from(1n, 10)).map(({ line }) => JSON.parse(line) as object);
    expect(lines).toMatchObject([1, 2].map(() => ({ did: 'statisticsImport', who: 'register', rows: 31, purpose: 'statistics' })));
  });

  it('imports nothing of a file with faults, and names them all', async () => {
    const file = join(folder, 'faulty.csv');
    await writeFile(file, 'year,rank,nationality,count\n2013,1,NL,5\n2013,2,QQ,4\n2013,3,NG,0\n');
    const failed = await run(file).catch((error: unknown) => error as { code: number; stderr: string });
    expect(failed).toMatchObject({ code: 1 });
    expect((failed as { stderr: string }).stderr.trim().split('\n')).toEqual([
      `${file}: line 3: the nationality is no country of ISO 3166-1, XX or ZZ`,
      `${file}: line 4: the count is no number from 1 on`,
    ]);
    expect((await store.statistics.nationalities()).every(({ year }) => year < 2013)).toBe(true);
  });

  it('says in one line that there is no such file, and that it takes one', async () => {
    await expect(run(join(folder, 'nothing.csv'))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/cannot be read: ENOENT\n$/),
    });
    await expect(run()).rejects.toMatchObject({ code: 1, stderr: 'npm run statistics:import takes one file\n' });
  });
});

let folder: string;
let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  database = await openOnPglite();
  store = openStore(database.place);
  await writeFile(databasePlaceFile(folder), JSON.stringify(database.place));
});
afterAll(async () => {
  await store.close();
  await database.close();
  await rm(folder, { recursive: true });
});

/** Runs the command beside a service of `npm start`. */
function run(...files: readonly string[]) {
  const command = join(__dirname, '../../src/commands/statisticsImport.ts');
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: undefined };
  return promisify(execFile)(process.execPath, ['--import', 'tsx', command, ...files], { env });
}
