import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import { findTemporalCli, findTestServer } from '../../src/embedded/temporalBinaries';
import { workflowBundlePath } from './workflowBundle';

const src = join(__dirname, '..', '..', 'src');

/** Once for the whole run: the servers are on this machine, and the workflows are bundled. */
export default async function globalSetup(): Promise<void> {
  await findTemporalCli();
  await findTestServer();
  await bundleWorkflows();
}

async function bundleWorkflows(): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(src, 'workflows', 'index.ts'),
    failureConverterPath: join(src, 'privacy', 'failureConverter.ts'),
    logger: new DefaultLogger('ERROR'),
  });
  await mkdir(dirname(workflowBundlePath), { recursive: true });
  // Put in place in one step: another run on the same folder never reads half a bundle.
  const unfinished = `${workflowBundlePath}.${String(process.pid)}`;
  await writeFile(unfinished, code);
  await rename(unfinished, workflowBundlePath);
}
