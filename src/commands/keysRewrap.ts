import './utc';
import { localMasterKey, localMasterKeys } from '../privacy/masterKey';
import { rewrapAll } from '../privacy/rewrap';
import { rewrapConfig } from '../settings/environment';
import { openStore } from '../store/store';
import { reportFailure } from './reportFailure';
import { rewrapped } from './rewrapped';

/** `npm run keys:rewrap`: the first of MASTER_KEYS takes over from the others, with the login that owns the database. It may run again. */
async function rewrap(): Promise<void> {
  const { url, masterKeys } = rewrapConfig();
  const store = openStore({ url });
  try {
    const done = await rewrapAll(
      store.caseKeys,
      localMasterKeys(() => masterKeys),
    );
    process.stdout.write(rewrapped(await store.caseKeys.count(), done, masterKeys.map(localMasterKey)));
  } finally {
    await store.close();
  }
}

rewrap().catch(reportFailure);
