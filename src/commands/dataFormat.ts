import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../releases/wholeFile';
import { ConfigError } from '../settings/configError';

/** The format of a data directory. Each change that open cases do not survive raises it by one. */
const ourFormat = 3;

/**
 * Checks that this version of the service can go on with a data directory, before anything in it is touched.
 * Throws a `ConfigError` that names both formats and says what to do.
 */
export function requireFormat(dataDir: string): void {
  const found = formatOf(dataDir);
  if (found === ourFormat || (found === undefined && !isOlder(dataDir))) return;
  const theirs = found === undefined ? 'no format.json, as before version 0.3.0' : `format ${found}`;
  throw new ConfigError(
    `DATA_DIR: ${dataDir} has ${theirs}, and this version needs format ${ourFormat}: ` +
      'its cases cannot go on here. Set the folder aside and start with an empty one; nothing was touched',
  );
}

/**
 * Writes the format into a data directory that has none. The caller holds the lock of the directory, so no other process starts in it
 * meanwhile.
 */
export async function keepFormat(dataDir: string): Promise<void> {
  // A server of an older version that was killed may have written meanwhile.
  requireFormat(dataDir);
  if (formatOf(dataDir) !== undefined) return;
  await writeWhole(formatFile(dataDir), `${JSON.stringify({ format: ourFormat })}\n`, { mode: 0o600 });
}

/** Whether a directory without a format is of a version that wrote none. Its key had another place and another name. */
function isOlder(dataDir: string): boolean {
  return ['temporal.db', 'case.key', 'system.key'].some((file) => existsSync(join(dataDir, file)));
}

/** The number in `format.json`; 'unknown' for any other content; undefined if there is no such file. */
function formatOf(dataDir: string): number | 'unknown' | undefined {
  if (!existsSync(formatFile(dataDir))) return undefined;
  try {
    const { format } = JSON.parse(readFileSync(formatFile(dataDir), 'utf8')) as { readonly format?: unknown };
    return typeof format === 'number' ? format : 'unknown';
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return 'unknown';
    throw error;
  }
}

function formatFile(dataDir: string): string {
  return join(dataDir, 'format.json');
}
