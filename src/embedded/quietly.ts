const spoken = { log: console.log, info: console.info, warn: console.warn };
let quiet = 0;

/** Runs work of others that talks on the console while it starts, where only our own block is to be printed. Errors still come out as errors. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  quiet += 1;
  Object.assign(console, { log: nothing, info: nothing, warn: nothing });
  try {
    return await work();
  } finally {
    quiet -= 1;
    if (quiet === 0) Object.assign(console, spoken);
  }
}

function nothing(): void {
  return undefined;
}
