import { join, resolve } from 'node:path';
import { variables } from '../../src/settings/environment';
import { findTemporalCli, findTestServer } from '../../src/embedded/temporalBinaries';
import { keepBuild } from '../../src/releases/keptBuilds';
import { bundleOfSources } from '../../src/releases/workflowBundle';
import { postgresNotFound, postgresPrograms } from './postgresPrograms';
import { buildsVariable, bundleVariable } from './workflowBundle';

/**
 * Runs once for all tests. It makes sure that the servers are on this machine, says if PostgreSQL is not, bundles the workflows as the
 * service does, and clears the shell's variables for the service.
 */
export default async function globalSetup(): Promise<void> {
  // An empty variable counts as not given.
  for (const name of variables) process.env[name] = '';
  if (postgresPrograms() === undefined)
    process.stderr.write(`${postgresNotFound}. Until then the tests of the store run on PGlite only.\n`);
  await findTemporalCli();
  await findTestServer();
  const bundle = await bundleOfSources();
  if (bundle.codePath === null) throw new Error('the bundle cannot be kept: .cache/ is not writable');
  process.env[bundleVariable] = bundle.codePath;
  // The workers of the tests run the code of today, not that of the last release.
  const builds = join('.cache', 'workflows', 'tested', bundle.build);
  await keepBuild(builds, bundle, { version: 'tested', date: '2026-01-01', stays: () => [] });
  process.env[buildsVariable] = resolve(builds);
}
