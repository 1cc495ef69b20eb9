import { randomBytes, randomUUID } from 'node:crypto';

/** The names by which the lines of one run of a command are found again, as those of a request are. */
export function namesOfARun(): { readonly request: string; readonly trace: string } {
  return { request: randomUUID(), trace: randomBytes(16).toString('hex') };
}
