import { buildOf } from '../../../src/releases/workflowBundle';
import type { KeptBuild } from '../../../src/releases/keptBuilds';
import { testedBuilds } from '../../support/builds';

/** One change of the text of a bundle: this text, which is there exactly once, becomes that. */
export type Edit = readonly [from: string, to: string];

/** The build of today's sources. */
export async function todaysBuild(): Promise<KeptBuild> {
  const [today] = await testedBuilds();
  return today;
}

/**
 * Today's bundle with changed lines: what a release with other rules would be. An edit that fits nowhere, or twice, is a mistake of the
 * test: the sources were changed.
 */
export async function changedBuild(...edits: readonly Edit[]): Promise<KeptBuild> {
  const today = await todaysBuild();
  const code = edits.reduce(edited, await today.code());
  return { ...today, build: buildOf(code), code: async () => code };
}

/** A build with the rules of today and another name, as a release that changes a word only. */
export function sameRules(name: string): Promise<KeptBuild> {
  return changedBuild(['var __TEMPORAL__;', `/* ${name} */ var __TEMPORAL__;`]);
}

function edited(code: string, [from, to]: Edit): string {
  const times = code.split(from).length - 1;
  if (times !== 1) throw new Error(`this text is ${times} times in the bundle: ${from}`);
  return code.replace(from, () => to);
}
