import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edited } from './editedBundle';

/** The line with which a run waits for its next wake (src/workflows/pathway.ts). */
const theWait = 'await run.waitForNewsOrNextDue();';

/**
 * Uses the bundle with a rest after each wake. Nobody could ask for one from outside at the very moment of a wake.
 */
export async function withRestingBundle<Result>(codePath: string, use: (restingPath: string) => Promise<Result>): Promise<Result> {
  const resting = edited(await readFile(codePath, 'utf8'), [theWait, `${theWait} run.rest();`]);
  const folder = await mkdtemp(join(tmpdir(), 'resting-'));
  try {
    const restingPath = join(folder, 'bundle.js');
    await writeFile(restingPath, resting);
    return await use(restingPath);
  } finally {
    await rm(folder, { recursive: true });
  }
}
