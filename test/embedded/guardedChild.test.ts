import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startGuarded } from '../../src/embedded/guardedChild';
import { startOfProcess } from '../../src/embedded/processIdentity';
import { until } from '../support/until';

describe('a guarded child process', () => {
  it('ends if its parent alone is killed with -9', async () => {
    const { parent, child } = await parentWithChild();
    expect(startOfProcess(child)).toBeDefined();
    parent.kill('SIGKILL');
    await until('the child has ended', () => startOfProcess(child) === undefined);
  });

  it('ends when it is stopped', async () => {
    const child = startGuarded('/bin/sh', ['-c', 'exec sleep 1000']);
    await child.stop();
    await expect(child.ended).resolves.toMatch(/^\(exit code \d+\)$/);
  });

  it('reports its last output when it ends by itself', async () => {
    const child = startGuarded('/bin/sh', ['-c', 'echo the disk is full >&2; exit 3']);
    await expect(child.ended).resolves.toBe('the disk is full (exit code 3)');
  });

  it('reports its exit code even if hundreds end at once', async () => {
    const codes = Array.from({ length: 400 }, (_, index) => (index % 255) + 1);
    for (const some of inTens(codes)) {
      const ended = some.map((code) => startGuarded('/bin/sh', ['-c', `exit ${code}`]).ended);
      expect(await Promise.all(ended)).toEqual(some.map((code) => `(exit code ${code})`));
    }
  });

  it.each([
    ['KILL', 137],
    ['TERM', 143],
    ['SEGV', 139],
  ])('reports the signal %s that killed it, as a shell does', async (signal, code) => {
    const child = startGuarded('/bin/sh', ['-c', `ulimit -c 0; kill -${signal} $$`]);
    await expect(child.ended).resolves.toBe(`(exit code ${code})`);
  });

  it('is not blocked by its own long output', async () => {
    const child = startGuarded('/bin/sh', ['-c', 'yes | head -c 1000000; echo done']);
    await expect(child.ended).resolves.toMatch(/done \(exit code 0\)$/);
  });
});

function inTens<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / 10) }, (_, index) => items.slice(10 * index, 10 * index + 10));
}

/** A process that starts a guarded child, which prints its own id. */
async function parentWithChild() {
  const module = join(__dirname, '..', '..', 'src', 'embedded', 'guardedChild.ts');
  const script = `
    const { startGuarded } = require(${JSON.stringify(module)});
    const { mkdtempSync, readFileSync } = require('node:fs');
    const file = mkdtempSync('/tmp/guarded-') + '/pid';
    startGuarded('/bin/sh', ['-c', 'echo $$ > ' + file + '; exec sleep 1000']);
    setInterval(() => { try { const pid = readFileSync(file, 'utf8'); if (pid) console.log(pid.trim()); } catch {} }, 50);`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=commonjs', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, child: Number.parseInt(said.toString(), 10) };
}
