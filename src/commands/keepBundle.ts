import './utc';
import { dateOf, instantOf } from '../domain/basics/calendar';
import { keepBuild, releasesIn, type Release } from '../releases/keptBuilds';
import { ourVersion } from '../releases/ourVersion';
import { bundleOfSources } from '../releases/workflowBundle';
import { releasedBuilds } from '../settings/environment';
import { reportFailure } from './reportFailure';

/** A release brings along its own build and those of so many releases before it. */
const releasesBefore = 2;

/** `npm run keep-bundle`: keeps the build of today's sources for this version. It is part of making a release. */
async function keepBundle(): Promise<void> {
  const bundle = await bundleOfSources();
  const version = ourVersion();
  const [newest] = await releasesIn(releasedBuilds);
  if (newest?.build === bundle.build) {
    process.stdout.write(`the build ${bundle.build} of version ${newest.version} is kept already\n`);
    return;
  }
  const stays = (earlier: readonly Release[]) => earlier.filter((each) => each.version !== version).slice(0, releasesBefore);
  await keepBuild(releasedBuilds, bundle, { version, date: dateOf(instantOf(Date.now())), stays });
  process.stdout.write(`the build ${bundle.build} is kept for version ${version}\n`);
}

keepBundle().catch(reportFailure);
