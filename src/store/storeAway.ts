/** The database does not answer now. Nothing is known to be wrong with the call: it may be made again. */
export class StoreAway extends Error {
  override readonly name = 'StoreAway';

  constructor(cause: unknown) {
    super('the database does not answer', { cause });
  }
}

/**
 * Classes of SQLSTATE that say nothing about the statement: connection, transaction to be repeated, resources, operator, system. `25006`
 * comes from a server that was just made a stand-by.
 */
const passing = /^(08|40|53|57|58)|^25006$/;

/** Whether a failed statement may succeed later without a change. The database says otherwise with an SQLSTATE, and Node with a `TypeError`. */
export function isPassing(error: unknown): boolean {
  if (error instanceof TypeError) return false;
  const { code, severity } = error as { readonly code?: string; readonly severity?: string };
  return severity === undefined || code === undefined || passing.test(code);
}
