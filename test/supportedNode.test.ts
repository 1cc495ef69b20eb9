import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..');

describe('a version of Node', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '22.23.5', '24.0.0', '24.22.3'])('%s is supported', async (version) => {
    expect(await startedOn(version)).toEqual({ code: 0, stdout: 'runs\n', stderr: '' });
  });

  it.each(['18.20.8', '20.18.3', '21.7.3', '22.11.0', '23.11.1', '25.9.0', '26.12.1'])('%s is refused in one line', async (version) => {
    expect(await startedOn(version)).toEqual({
      code: 1,
      stdout: '',
      stderr: `this runs on Node 20 (from 20.19), 22 (from 22.12), 24, and not on Node ${version}: install one of these\n`,
    });
  });

  it('is checked before anything else is loaded, by every command that runs our code', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const started = Object.entries(scripts).filter(([, script]) => /\bnode --/.test(script));
    expect(started.map(([name]) => name)).toEqual(expect.arrayContaining(['start', 'start:api', 'start:worker', 'test']));
    expect(started.filter(([, script]) => !script.includes('node --require ./scripts/supported-node.cjs '))).toEqual([]);
  });
});

interface Said {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the first file of the commands in a Node that claims this version. */
async function startedOn(version: string) {
  const program = `
    Object.defineProperty(process.versions, 'node', { value: '${version}' });
    require('./scripts/supported-node.cjs');
    console.log('runs');`;
  const run: Promise<Said> = promisify(execFile)(process.execPath, ['--eval', program], { cwd: root });
  const { code = 0, stdout, stderr } = await run.catch((error: unknown) => error as Said);
  return { code, stdout, stderr };
}
