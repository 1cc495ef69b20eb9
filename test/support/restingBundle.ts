import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The line with which a run waits for its next wake (src/workflows/pathway.ts). */
const theWait = 'await run.waitForNewsOrNextDue();';

/**
 * Uses the bundle with a rest after each wake. Nobody could ask for one from outside at the very moment of a wake.
 */
export async function withRestingBundle<Result>(codePath: string, use: (restingPath: string) => Promise<Result>): Promise<Result> {
  const [before, after, ...more] = (await readFile(codePath, 'utf8')).split(theWait);
  if (before === undefined || after === undefined || more.length > 0) throw new Error(`the bundle has not one line: ${theWait}`);
  const folder = await mkdtemp(join(tmpdir(), 'resting-'));
  try {
    const restingPath = join(folder, 'bundle.js');
    await writeFile(restingPath, `${before}${theWait} run.rest();${after}`);
    return await use(restingPath);
  } finally {
    await rm(folder, { recursive: true });
  }
}
