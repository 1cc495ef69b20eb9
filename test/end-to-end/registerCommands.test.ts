import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { WorkflowHandle } from '@temporalio/client';
import { sql } from 'kysely';
import { openPatiently } from '../../src/store/connection';
import { caseFile, workflowIdOf } from '../../src/workflows/messages';
import { until } from '../support/until';
import { openPostOffice, type PostOffice } from '../workflows/support/postOffice';
import { aWorkplace, type Workplace } from './workplace';

describe('the commands of the register, while cases go on', () => {
  it('find no difference', async () => {
    expect(await command('registerCompare')).toMatchObject({ code: 0, stdout: '3 cases, 0 differ\n' });
    expect(await linesOf('register:compare')).toEqual([false]);
  });

  it('say how many cases differ and in what, name them only if asked, and mend them', async () => {
    await harm('delete from pathways.due');
    await harm(`update pathways.case_line set office = 'rotterdam' where reference = '${references[0]}'`);
    const found = await command('registerCompare');
    expect(found).toMatchObject({
      code: 1,
      stdout: '3 cases, 3 differ\n  1 have another line there for lists\n  3 have other open tasks and dates there\n',
    });
    expect(found.stderr).not.toContain('BT-');
    const mended = await command('registerCompare', '--mend', '--verbose', '--per-second', '50');
    expect(mended.code).toBe(0);
    for (const reference of references) expect(mended.stdout).toContain(reference);
    expect(mended.stdout).toMatch(/^mended, and 0 differ still$/m);
    expect(await linesOf('register:compare')).toContain(true);
    expect(await command('registerCompare')).toMatchObject({ code: 0, stdout: '3 cases, 0 differ\n' });
  });

  it('make all rows anew from the kept facts', async () => {
    await harm('delete from pathways.due');
    expect(await command('registerRebuild')).toMatchObject({ code: 0, stdout: '3 cases written anew\n' });
    expect(await command('registerCompare')).toMatchObject({ code: 0, stdout: '3 cases, 0 differ\n' });
  });

  it('fill a register from the cases, and say that it is filled', async () => {
    await harm('update pathways.register_filled set at = null');
    await harm('delete from pathways.case_member');
    const { code, stdout } = await command('registerRebuild', '--from-cases');
    expect([code, stdout]).toEqual([0, '3 cases written anew\n']);
    expect(await workplace.database.store.register.isFilled()).toBe(true);
    expect(await command('registerCompare')).toMatchObject({ code: 0, stdout: '3 cases, 0 differ\n' });
  });

  it('refuse options that make no sense', async () => {
    expect(await command('registerRebuild', '--per-second', 'many')).toMatchObject({ code: 2 });
    expect(await command('registerCompare', '--from-cases')).toMatchObject({ code: 2 });
  });
});

const references: string[] = [];
let workplace: Workplace;
let post: PostOffice;
aWorkplace((made) => (workplace = made));
beforeAll(async () => {
  post = await openPostOffice();
  await workplace.works(post.url);
  for (let each = 0; each < 3; each += 1) {
    const handle = await workplace.opens();
    references.push(handle.workflowId.slice(workflowIdOf('').length));
    await workplace.startsReflection(handle);
    await until('the register has the case', () => isInRegister(handle));
  }
});
afterAll(() => post.goesAway());

/** Its mail has left, and its rows are of its last revision. */
async function isInRegister(handle: WorkflowHandle): Promise<boolean> {
  const { revision, outbox, start } = await handle.query(caseFile);
  const row = await workplace.database.store.register.ofReference(start.reference);
  return outbox.opened && outbox.letters.length === 0 && row?.revision === revision;
}

/** A command that has ended. */
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function command(name: 'registerRebuild' | 'registerCompare', ...args: readonly string[]): Promise<Ended> {
  const { database, temporal } = workplace;
  const env = { ...process.env, ...database.variables, TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: 'default' };
  const running = promisify(execFile)(process.execPath, ['--import', 'tsx', `src/commands/${name}.ts`, ...args], { env });
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: unknown) => failed as Ended,
  );
}

async function harm(statement: string): Promise<void> {
  const db = openPatiently({ url: workplace.database.variables.DATABASE_URL });
  await sql.raw(statement).execute(db);
  await db.destroy();
}

/** Whether each line of a command is about a case. */
async function linesOf(did: string): Promise<readonly boolean[]> {
  const lines = await workplace.database.store.audit.from(0n, 10_000);
  const read = lines.map(({ line }) => JSON.parse(line) as { readonly did: string; readonly case?: string });
  return read.filter((line) => line.did === did).map((line) => line.case !== undefined);
}
