import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** CI gives this variable a value: there a machine without PostgreSQL is a failure. */
export const needsPostgres = 'TESTS_NEED_POSTGRES';

export const postgresNotFound = 'PostgreSQL was not found (initdb, psql, and as root setpriv): install the package postgresql';

/** The directory of PostgreSQL's programs, if this machine has all that the tests need. Debian keeps them away from the PATH. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  const searched = (process.env['PATH'] ?? '').split(delimiter);
  const alsoNeeded = ['psql', ...(isRoot() ? ['setpriv'] : [])];
  if (!alsoNeeded.every((program) => searched.some((place) => existsSync(join(place, program))))) return undefined;
  const places = [...searched, ...versions.toSorted().toReversed()];
  return places.find((place) => ['initdb', 'postgres'].every((program) => existsSync(join(place, program))));
}

/** PostgreSQL refuses to run as root. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
