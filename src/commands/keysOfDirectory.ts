import { localMasterKeys } from '../privacy/masterKey';
import { keyFiles, readMasterKeys, readSystemKey } from '../privacy/keyFiles';
import type { GivenKeys } from '../settings/keys';

/** The keys of a data directory. The master keys are read anew each time, since a rotation replaces them. */
export function keysOfDirectory(dataDir: string): GivenKeys {
  const { system, masters } = keyFiles(dataDir);
  return { systemKey: readSystemKey(dataDir), masterKeys: localMasterKeys(() => readMasterKeys(dataDir)), keptIn: { system, masters } };
}
