import { UserFacingError } from '../errors/userFacingError';

/** Ends a failed command with exit code 1. stderr gets one clear line, or the stack trace if the fault is in our code. */
export function reportFailure(error: unknown): void {
  process.stderr.write(`${error instanceof UserFacingError ? error.message : String((error as Error | undefined)?.stack ?? error)}\n`);
  process.exitCode = 1;
}
