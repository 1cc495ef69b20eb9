import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(__dirname, '..', '..');

// On a busy machine the run starts with half a minute of compiling, and warms up for some minutes.
jest.setTimeout(600_000);

describe('npm run bench', () => {
  it('measures the service beside a naive one and the bare engine, and prints one object', async () => {
    const { stdout } = await bench('--json', '--cases', '2', '--only', 'intake,command,read,memory');
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const { machine, cases, figures } = JSON.parse(stdout) as Answer;
    expect(machine).toMatchObject({
      cores: expect.any(Number),
      server: expect.stringMatching(/^Temporal \S+ on sqlite$/),
      database: expect.stringMatching(/^(PostgreSQL \d+|PGlite)$/),
    });
    expect(cases).toBe(2);
    expect(figures.map(({ figure, unit, target }) => ({ figure, unit, target }))).toEqual(asked.map(({ beside: _, ...row }) => row));
    for (const [index, { ours, ratio, target, met, ...row }] of figures.entries()) {
      expect(ours).toEqual(expect.any(Number));
      expect(others.filter((other) => row[other] !== null)).toEqual(asked[index]?.beside);
      for (const other of others) {
        const expected = row[other] ? ours / row[other] : 0;
        expect(Math.abs((ratio[other] ?? 0) - expected)).toBeLessThanOrEqual(Math.abs(expected) / 1_000);
      }
      expect(met).toBe(isMet(target, { ours, ratio }));
    }
  });

  it('measures lists in a register of its own, and holds figures of few cases to no target', async () => {
    const { stdout } = await bench('--json', '--cases', '2', '--only', 'lists');
    const { machine, figures } = JSON.parse(stdout) as Answer;
    const questions = (engine: string, most: number) => named(engine, most).map((figure) => ({ figure, unit: 'ms' }));
    const { database } = machine;
    const onPostgres = [...questions(database, 20), { figure: 'rebuild of 2 from facts', unit: 's' }, ...growth];
    const expected = [...(database === 'PGlite' ? [] : onPostgres), ...questions('PGlite', 5)];
    expect(figures.map(({ figure, unit }) => ({ figure, unit }))).toEqual(expected);
    expect(figures.filter(({ ours, target, met }) => !(ours > 0) || target !== null || met !== null)).toEqual([]);
  });

  it.each([
    ['which figure it does not know', ['--only', 'intake,nothing'], /^--only nothing: one or more of intake,command,.*\n$/],
    ['that a number of cases is none', ['--cases', 'many'], /^--cases many: a whole number, 1 or more\n$/],
    ['which option it does not know', ['--quick'], /^Unknown option '--quick'.*\n$/],
  ])('says in one line %s', async (_, args, line) => {
    // The options come before the compiled code is needed.
    await expect(run(process.execPath, ['--import', 'tsx', 'bench/bench.ts', ...args], { cwd: root })).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(line),
    });
  });
});

const others = ['naive', 'naiveSameAnswer', 'bare'] as const;
type Other = (typeof others)[number];

interface Answer {
  readonly machine: { readonly database: string };
  readonly cases: number;
  readonly figures: readonly ({
    readonly figure: string;
    readonly unit: string;
    readonly ours: number;
    readonly ratio: Readonly<Record<Other, number | null>>;
    readonly target: string | null;
    readonly met: boolean | null;
  } & Readonly<Record<Other, number | null>>)[];
}

/**
 * The morning figures wait for the next minute, and the others take more time than a test has. These figures show that all four contenders work.
 */
const opening = { beside: ['naive', 'bare'], target: null };
const asking = { unit: 'ms', beside: others, target: null };
const remembering = { beside: ['bare'], target: null };
const commands = 'at most 1.45 of naiveSameAnswer';
const asked = [
  { ...opening, figure: 'intake, accepted', unit: 'cases/s', target: 'at least 0.8 of bare' },
  { ...opening, figure: 'intake, first task run', unit: 'cases/s' },
  { ...opening, figure: 'intake, backlog', unit: 's' },
  { ...asking, figure: 'command, one at a time, p50', target: commands },
  { ...asking, figure: 'command, one at a time, p95', target: commands },
  { ...asking, figure: 'command, 20 at a time, p50', target: commands },
  { ...asking, figure: 'command, 20 at a time, p95', target: commands },
  { ...asking, figure: 'read, one at a time, p50' },
  { ...asking, figure: 'read, one at a time, p95', target: 'at most 10 ms, at most 0.7 of naiveSameAnswer' },
  { ...asking, figure: 'read, 20 at a time, p50', target: 'at most 0.8 of naiveSameAnswer' },
  { ...asking, figure: 'read, 20 at a time, p95', target: 'at most 1.1 of naiveSameAnswer' },
  { ...remembering, figure: 'memory, heap of a cached case', unit: 'kB' },
  { ...remembering, figure: 'memory, RSS of a cached case', unit: 'kB' },
  { ...remembering, figure: 'memory, RSS with 2 open cases', unit: 'MB' },
];

const pages = ['an office', 'all offices'].flatMap((whose) => [`list of ${whose}, first page`, `list of ${whose}, page half way`]);
const shares = ['p50', 'p95'];
const growth = pages.flatMap((page) => shares.map((share) => ({ figure: `${page}, at 20 cases and at 1, ${share}`, unit: 'times' })));

function named(engine: string, most: number): readonly string[] {
  const questions = [...pages, 'my day', 'board', 'forecast of an office', 'forecast of all offices'];
  return questions.flatMap((question) => shares.map((share) => `${question}, ${engine}, ${most} at a time, ${share}`));
}

/** Targets such as `at most 10 ms, at most 0.7 of naive`: the first is of our value, the second of a ratio. */
function isMet(targets: string | null, { ours, ratio }: Pick<Answer['figures'][number], 'ours' | 'ratio'>): boolean | null {
  if (targets === null) return null;
  return targets.split(', ').every((target) => {
    const [, bound, number, other] = /^at (most|least) (\S+) (?:of (\w+)|ms)$/.exec(target) ?? [];
    const value = other === undefined ? ours : (ratio[other as Other] ?? 0);
    return bound === 'most' ? value <= Number(number) : value >= Number(number);
  });
}

function bench(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return run('npm', ['run', '--silent', 'bench', '--', ...args], { cwd: root });
}
