import { UserFacingError } from '../errors/userFacingError';

/** Ends a command that could not do its work, with exit code 1: one clear line on stderr; of a mistake of ours, where it was made. */
export function reportFailure(error: unknown): void {
  process.stderr.write(`${error instanceof UserFacingError ? error.message : String((error as Error | undefined)?.stack ?? error)}\n`);
  process.exitCode = 1;
}
