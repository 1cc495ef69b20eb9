import './utc';
import { setTimeout as pause } from 'node:timers/promises';
import { takeLock } from '../embedded/lock';
import { newKey, readMasterKeys, replaceMasterKeys } from '../privacy/keyFiles';
import { localMasterKey, localMasterKeys } from '../privacy/masterKey';
import { rewrapAll } from '../privacy/rewrap';
import { ConfigError } from '../settings/configError';
import { socketOf } from '../settings/databasePlace';
import { embeddedConfig } from '../settings/environment';
import { openStore, type Store } from '../store/store';
import { join } from 'node:path';
import { reportFailure } from './reportFailure';
import { rewrapped } from './rewrapped';

/** A case that is being opened reads the master key, and has its own key in the database about ten seconds later at most; ours. */
const openingTakesMs = 15_000;

/**
 * `npm run keys:rotate`: a new master key takes over in the data directory of a running `npm start`. If a rotation was stopped halfway, it goes
 * on with the key of that one.
 */
async function rotate(): Promise<void> {
  const { dataDir } = embeddedConfig();
  const socket = socketOf(dataDir);
  if (socket === undefined) throw new ConfigError(`no service runs on ${dataDir}: start it with npm start, and rotate its keys meanwhile`);
  const lock = await takeLock(join(dataDir, 'keys'));
  const store = openStore({ socket });
  try {
    await takeOver(dataDir, store);
  } finally {
    await store.close();
    lock.release();
  }
}

async function takeOver(dataDir: string, { caseKeys }: Store): Promise<void> {
  const before = readMasterKeys(dataDir);
  const [first, ...old] = before.length > 1 ? before : [newKey(), ...before];
  await replaceMasterKeys(dataDir, [first, ...old]);
  const masterKeys = localMasterKeys(() => [first, ...old]);
  await rewrapAll(caseKeys, masterKeys);
  // The service takes the first key of the file for each new case. A case may have taken it just before.
  await pause(openingTakesMs);
  for (;;) {
    const words = rewrapped(await caseKeys.count(), await rewrapAll(caseKeys, masterKeys), [first, ...old].map(localMasterKey));
    await replaceMasterKeys(dataDir, [first]);
    if (await openNothing(old, caseKeys)) {
      process.stdout.write(words);
      return;
    }
    // A case was opened even later, or the database cannot say. Nothing is lost: the old master key is still here.
    await replaceMasterKeys(dataDir, [first, ...old]);
  }
}

async function openNothing(old: readonly Buffer[], caseKeys: Store['caseKeys']): Promise<boolean> {
  const inUse = await caseKeys.masterKeysInUse().catch(() => undefined);
  return inUse !== undefined && !old.some((key) => inUse.includes(localMasterKey(key).id));
}

rotate().catch(reportFailure);
