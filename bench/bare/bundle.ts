import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Closing } from '../../src/commands/closing';

/** The bundle of the bare workflow alone. Like ours, it is made once for all workers. */
export interface BareBundle {
  readonly codePath: string;
}

export async function bareBundle(closing: Closing): Promise<BareBundle> {
  const { code } = await bundleWorkflowCode({ workflowsPath: require.resolve('./workflow'), logger: new DefaultLogger('ERROR') });
  const directory = await mkdtemp(join(tmpdir(), 'bench-bare-'));
  closing.later(() => rm(directory, { recursive: true, force: true }));
  const codePath = join(directory, 'bare.js');
  await writeFile(codePath, code);
  return { codePath };
}
