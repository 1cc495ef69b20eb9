import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UserFacingError } from '../errors/userFacingError';
import { keptBuildsIn, type KeptBuild } from '../releases/keptBuilds';
import { reportFailure } from './reportFailure';

/** The options make no sense. The message says in one line which there are. */
export class WrongOptions extends UserFacingError {
  override readonly name = 'WrongOptions';
}

/** The options of a command, which takes nothing else. Throws `WrongOptions` with the line of its usage. */
export function optionsIn<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new WrongOptions(usage);
  }
}

/** The kept builds, the newest first, and the one that cases are to go over to: the newest, unless somebody names another. */
export async function targetIn(folder: string, named: string | undefined) {
  const kept = await keptBuildsIn(folder);
  const target = named === undefined ? kept[0] : kept.find(({ build }) => build === named);
  if (target === undefined) throw new WrongOptions(`${named} is none of the builds in ${folder}: ${kept.map(inWords).join(', ')}`);
  return { kept, target };
}

/** A build, as a person knows it. */
export function inWords({ build, version }: Pick<KeptBuild, 'build' | 'version'>): string {
  return `${build} (version ${version})`;
}

/** Ends a failed command: 2 if its options make no sense, 130 if somebody stopped it, otherwise 1. */
export function endFailed(error: unknown, stopping: AbortSignal, words: string): void {
  if (stopping.aborted) {
    process.stderr.write(`${words}\n`);
    process.exitCode = 130;
    return;
  }
  reportFailure(error);
  if (error instanceof WrongOptions) process.exitCode = 2;
}
