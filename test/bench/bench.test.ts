import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..');

describe('npm run bench', () => {
  it('measures the service beside a bare workflow, and writes one object', async () => {
    const { stdout } = await bench('--json', '--cases', '2', '--only', 'intake,command,read,memory');
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const { machine, cases, figures } = JSON.parse(stdout) as Answer;
    expect(machine).toMatchObject({ cores: expect.any(Number), server: expect.stringMatching(/^Temporal \S+ on sqlite$/) });
    expect(cases).toBe(2);
    expect(figures.map(({ figure, unit, target }) => [figure, unit, target])).toEqual(asked);
    for (const { ours, bare, ratio, target, held } of figures) {
      expect([ours, bare]).toEqual([expect.any(Number), expect.any(Number)]);
      if (bare !== 0) expect((ratio ?? 0) / (ours / bare)).toBeCloseTo(1, 2);
      expect(held === null).toBe(target === null);
    }
  });

  it.each([
    ['which figure it does not know', ['--only', 'intake,nothing'], /^--only nothing: one or more of intake,command,.*\n$/],
    ['that a number of cases is none', ['--cases', 'many'], /^--cases many: a whole number, 1 or more\n$/],
    ['which option it does not know', ['--quick'], /^Unknown option '--quick'.*\n$/],
  ])('says in one line %s', async (_, args, line) => {
    await expect(bench(...args)).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(line) });
  });
});

interface Answer {
  readonly machine: object;
  readonly cases: number;
  readonly figures: readonly {
    readonly figure: string;
    readonly unit: string;
    readonly ours: number;
    readonly bare: number;
    readonly ratio: number | null;
    readonly target: string | null;
    readonly held: boolean | null;
  }[];
}

/** Waking in the morning takes until the next minute, and the rest more than a test has: these show that both sides work. */
const asked = [
  ['intake, accepted', 'cases/s', 'ratio at least 0.8'],
  ['intake, first task run', 'cases/s', null],
  ['intake, backlog', 's', null],
  ['command, serial, p50', 'ms', null],
  ['command, serial, p95', 'ms', 'ratio at most 1.3'],
  ['command, 20 at a time, p50', 'ms', null],
  ['command, 20 at a time, p95', 'ms', 'ratio at most 1.3'],
  ['read, p50', 'ms', null],
  ['read, p95', 'ms', 'ratio at most 1.3'],
  ['memory, heap of a cached case', 'kB', 'ours at most 250'],
  ['memory, RSS of a cached case', 'kB', 'ours at most 250'],
  ['memory, RSS with 2 open cases', 'MB', null],
];

function bench(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return promisify(execFile)('npm', ['run', '--silent', 'bench', '--', ...args], { cwd: root });
}
