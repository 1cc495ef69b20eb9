import { workflowBundle } from '../../src/commands/workflowBundle';
import { variables } from '../../src/settings/environment';
import { findTemporalCli, findTestServer } from '../../src/embedded/temporalBinaries';
import { bundleVariable } from './workflowBundle';

/**
 * Once for the whole run: the servers are on this machine, the workflows are bundled as the service bundles them, and no test
 * inherits what the shell exports for a service of its own.
 */
export default async function globalSetup(): Promise<void> {
  // An empty variable counts as not given.
  for (const name of variables) process.env[name] = '';
  await findTemporalCli();
  await findTestServer();
  const bundle = await workflowBundle();
  if (!('codePath' in bundle)) throw new Error('the bundle cannot be kept: .cache/ is not writable');
  process.env[bundleVariable] = bundle.codePath;
}
