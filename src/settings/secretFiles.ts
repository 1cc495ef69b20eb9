import { readFileSync } from 'node:fs';
import { ConfigError } from './configError';

type Environment = Readonly<Record<string, string | undefined>>;

/** Secrets that a file may hold instead: `<name>_FILE` is its path. Platforms for containers hand secrets over in files. */
const keptInFiles = ['DATABASE_URL', 'MASTER_KEYS', 'OIDC_CLIENT_SECRET', 'SYSTEM_KEY'];

/** The names of the variables that name such a file. */
export const fileVariables: readonly string[] = keptInFiles.map(fileVariable);

/** The secrets that stand in files; throws a `ConfigError` if one is given twice, or its file cannot be read. */
export function secretsFromFiles(given: Environment): Environment {
  const secrets = keptInFiles.flatMap((name) => {
    const file = given[fileVariable(name)];
    if (file === undefined) return [];
    if (given[name] !== undefined) throw new ConfigError(`${name} and ${fileVariable(name)} are both given: keep one of them`);
    return [[name, contentOf(file, fileVariable(name))]];
  });
  return Object.fromEntries(secrets) as Environment;
}

function contentOf(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigError(`${variable}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function fileVariable(name: string): string {
  return `${name}_FILE`;
}
