import './utc';
import { dateOf, instantOf } from '../domain/basics/calendar';
import { keepBuild, releasesIn, type Release } from '../releases/keptBuilds';
import { ourVersion } from '../releases/ourVersion';
import { requireSources } from '../releases/sources';
import { bundleOfSources } from '../releases/workflowBundle';
import { releasedBuilds } from '../settings/releaseVariables';
import { inWords, optionsIn, WrongOptions } from './releaseOptions';
import { reportFailure } from './reportFailure';

/** A release brings along its own build and those of so many releases before it. */
const releasesBefore = 2;

/** `npm run keep-bundle`: keeps the build of today's sources for this version. It is part of making a release. `--check` only looks. */
async function keepBundle(args: readonly string[]): Promise<void> {
  const { check } = optionsIn(args, { check: { type: 'boolean' } }, 'npm run keep-bundle [-- --check]');
  const [newest] = await releasesIn(releasedBuilds);
  const done = check === true ? `the build ${inWords(await requireSources(newest))} is that of the sources` : await keptNow(newest);
  process.stdout.write(`${done}\n`);
}

async function keptNow(newest: Release | undefined): Promise<string> {
  const bundle = await bundleOfSources();
  const version = ourVersion();
  if (newest?.build === bundle.build) return `the build ${inWords(newest)} is kept already`;
  const stays = (earlier: readonly Release[]) => earlier.filter((each) => each.version !== version).slice(0, releasesBefore);
  await keepBuild(releasedBuilds, bundle, { version, date: dateOf(instantOf(Date.now())), stays });
  return `the build ${inWords({ ...bundle, version })} is kept`;
}

keepBundle(process.argv.slice(2)).catch((error: unknown) => {
  reportFailure(error);
  if (error instanceof WrongOptions) process.exitCode = 2;
});
