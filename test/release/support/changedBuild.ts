import { buildOf } from '../../../src/releases/workflowBundle';
import type { KeptBuild } from '../../../src/releases/keptBuilds';
import { testedBuilds } from '../../support/builds';
import { edited, type Edit } from '../../support/editedBundle';

/** The build of today's sources. */
export async function todaysBuild(): Promise<KeptBuild> {
  const [today] = await testedBuilds();
  return today;
}

/** Today's bundle with changed lines: what a release with other rules would be. */
export async function changedBuild(...edits: readonly Edit[]): Promise<KeptBuild> {
  const today = await todaysBuild();
  const code = edits.reduce(edited, await today.code());
  return { ...today, build: buildOf(code), code: async () => code };
}

/** A build with the rules of today and another name, as a release that changes a word only. */
export function sameRules(name: string): Promise<KeptBuild> {
  return changedBuild(['var __TEMPORAL__;', `/* ${name} */ var __TEMPORAL__;`]);
}
