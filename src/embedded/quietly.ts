const original = { log: console.log, info: console.info, warn: console.warn };
let quiet = 0;

/**
 * Runs the code of a package that writes to the console while it starts. Only our own block is to be printed there. Errors are still
 * printed.
 */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  quiet += 1;
  Object.assign(console, { log: nothing, info: nothing, warn: nothing });
  try {
    return await work();
  } finally {
    quiet -= 1;
    if (quiet === 0) Object.assign(console, original);
  }
}

function nothing(): void {
  return undefined;
}
