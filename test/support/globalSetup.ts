import { workflowBundle } from '../../src/commands/workflowBundle';
import { findTemporalCli, findTestServer } from '../../src/embedded/temporalBinaries';
import { bundleVariable } from './workflowBundle';

/** Once for the whole run: the servers are on this machine, and the workflows are bundled as the service bundles them. */
export default async function globalSetup(): Promise<void> {
  await findTemporalCli();
  await findTestServer();
  const bundle = await workflowBundle();
  if (!('codePath' in bundle)) throw new Error('the bundle cannot be kept: .cache/ is not writable');
  process.env[bundleVariable] = bundle.codePath;
}
