import { ConfigError } from '../settings/configError';

const whatIsWrong: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'we may not read or write there',
  EPERM: 'we may not read or write there',
  EIO: 'the disk has an error',
};

/** Where a call of the file system failed in the data directory: one line that says why. Anything else as it came. */
export function diskFault(dataDir: string, error: unknown): unknown {
  const { code, syscall = '', path = dataDir } = error as NodeJS.ErrnoException;
  if (code === undefined || !ofFiles.test(syscall)) return error;
  return new ConfigError(`DATA_DIR: ${dataDir} cannot be used: ${whatIsWrong[code] ?? `${path} (${code})`}`);
}

/** Of ports and processes errors have a code too, and sentences of their own. */
const ofFiles = /^(open|read|write|fsync|close|mkdir|link|unlink|rename|chmod|stat|lstat|rm|scandir|copyfile)$/;
