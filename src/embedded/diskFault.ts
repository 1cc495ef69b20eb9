import { ConfigError } from '../settings/configError';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'we may not read or write there',
  EPERM: 'we may not read or write there',
  EIO: 'the disk has an error',
};

/** The error for a failed file system call in the data directory: one line that gives the reason. Any other error is returned unchanged. */
export function diskFault(dataDir: string, error: unknown): unknown {
  const { code, syscall = '', path = dataDir } = error as NodeJS.ErrnoException;
  if (code === undefined || !ofFiles.test(syscall)) return error;
  return new ConfigError(`DATA_DIR: ${dataDir} cannot be used: ${reasons[code] ?? `${path} (${code})`}`);
}

/** Errors about ports and processes have a code too, and their own sentences elsewhere. */
const ofFiles = /^(open|read|write|fsync|close|mkdir|link|unlink|rename|chmod|stat|lstat|rm|scandir|copyfile)$/;
