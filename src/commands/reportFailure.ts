/** What a person can put right; anything else is a mistake of ours, and shows where it was made. */
const forPeople = ['ConfigError', 'MissingBinary', 'DataDirInUse', 'PortTaken', 'NoToken', 'StartFailed', 'BrokenScenario'];

/** Ends a command that could not do its work: one clear line on stderr, exit code 1. */
export function reportFailure(error: unknown): void {
  const known = error instanceof Error && forPeople.includes(error.name);
  process.stderr.write(`${known ? error.message : String((error as Error | undefined)?.stack ?? error)}\n`);
  process.exitCode = 1;
}
