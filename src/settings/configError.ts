import type { z } from 'zod';
import { UserFacingError } from '../errors/userFacingError';

/** A wrong variable or file. Its message is one line for the person who starts the service. */
export class ConfigError extends UserFacingError {
  override readonly name = 'ConfigError';
}

/** An error that names all faults of one source on one line, each with its place. */
export function faultsIn(source: string, error: z.ZodError): ConfigError {
  const faults = error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  return new ConfigError([source, faults.join('; ')].filter(Boolean).join(': '));
}
