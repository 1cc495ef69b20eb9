import { UserFacingError } from '../errors/userFacingError';
import type { Release } from './keptBuilds';
import { bundleOfSources } from './workflowBundle';

/** Nobody kept the build of today's sources. */
export class SourcesDiffer extends UserFacingError {
  override readonly name = 'SourcesDiffer';
}

/** Throws `SourcesDiffer`, unless today's sources give the newest build that is kept. A release would otherwise leave something out. */
export async function requireSources<Kept extends Pick<Release, 'build'>>(newest: Kept | undefined): Promise<Kept> {
  const { build } = await bundleOfSources();
  if (newest?.build === build) return newest;
  const words = newest === undefined ? 'no build is kept' : `the newest kept build is ${newest.build}`;
  throw new SourcesDiffer(`the sources give the build ${build}, and ${words}: npm run keep-bundle before a release`);
}
