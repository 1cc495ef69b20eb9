import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(__dirname, '..', '..');

// On a busy machine the run starts with half a minute of compiling.
jest.setTimeout(300_000);

describe('npm run bench', () => {
  it('measures the service beside a naive one and the bare engine, and prints one object', async () => {
    const { stdout } = await bench('--json', '--cases', '2', '--only', 'intake,command,read,memory');
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const { machine, cases, figures } = JSON.parse(stdout) as Answer;
    expect(machine).toMatchObject({ cores: expect.any(Number), server: expect.stringMatching(/^Temporal \S+ on sqlite$/) });
    expect(cases).toBe(2);
    expect(figures.map(({ figure, unit, target }) => ({ figure, unit, target }))).toEqual(asked.map(({ beside: _, ...row }) => row));
    for (const [index, { ours, ratio, target, met, ...row }] of figures.entries()) {
      expect(ours).toEqual(expect.any(Number));
      expect(others.filter((other) => row[other] !== null)).toEqual(asked[index]?.beside);
      for (const other of others) {
        const expected = row[other] ? ours / row[other] : 0;
        expect(Math.abs((ratio[other] ?? 0) - expected)).toBeLessThanOrEqual(Math.abs(expected) / 1_000);
      }
      expect(met).toBe(isMet(target, ratio));
    }
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
  readonly machine: object;
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
const asked = [
  { ...opening, figure: 'intake, accepted', unit: 'cases/s', target: 'at least 0.8 of bare' },
  { ...opening, figure: 'intake, first task run', unit: 'cases/s' },
  { ...opening, figure: 'intake, backlog', unit: 's' },
  { ...asking, figure: 'command, serial, p50', target: 'at most 1.2 of naive' },
  { ...asking, figure: 'command, serial, p95' },
  { ...asking, figure: 'command, 20 at a time, p50', target: 'at most 1.35 of naive' },
  { ...asking, figure: 'command, 20 at a time, p95' },
  { ...asking, figure: 'read, p50' },
  { ...asking, figure: 'read, p95' },
  { ...remembering, figure: 'memory, heap of a cached case', unit: 'kB' },
  { ...remembering, figure: 'memory, RSS of a cached case', unit: 'kB' },
  { ...remembering, figure: 'memory, RSS with 2 open cases', unit: 'MB' },
];

/** The target of a ratio, such as `at most 1.2 of naive`. */
function isMet(target: string | null, ratio: Answer['figures'][number]['ratio']): boolean | null {
  const [, bound, number, other] = /^at (most|least) (\S+) of (\w+)$/.exec(target ?? '') ?? [];
  if (bound === undefined) return null;
  const value = ratio[other as Other] ?? 0;
  return bound === 'most' ? value <= Number(number) : value >= Number(number);
}

function bench(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return run('npm', ['run', '--silent', 'bench', '--', ...args], { cwd: root });
}
