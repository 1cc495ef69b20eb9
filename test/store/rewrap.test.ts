import { randomBytes } from 'node:crypto';
import { caseKeysOf } from '../../src/privacy/caseKeys';
import { localMasterKey, localMasterKeys } from '../../src/privacy/masterKey';
import { rewrapAll } from '../../src/privacy/rewrap';
import { openStore, type Store } from '../../src/store/store';
import { onEveryEngine, type TestDatabase } from '../support/databases';

const [old, taken, stranger] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)];
/** More than one statement takes along. */
const many = 2_500;

onEveryEngine((open) => {
  describe('a new master key', () => {
    it('takes over every key, and the old one opens nothing any more', async () => {
      await makeKeys(many, old);
      expect(await rewrapAll(store.caseKeys, keysOf(taken, old))).toEqual({ moved: many, damaged: 0 });
      expect(await store.caseKeys.masterKeysInUse()).toEqual([localMasterKey(taken).id]);
      await Promise.all([0, many - 1].map(async (number) => expect(await opened(number, taken)).toEqual(made[number])));
      expect(await rewrapAll(store.caseKeys, keysOf(taken))).toEqual({ moved: 0, damaged: 0 });
    });

    it('goes on where it was stopped, while others do the same and cases are opened', async () => {
      await makeKeys(30, old);
      const stopped = { ...store.caseKeys, notUnder: async (id: string) => store.caseKeys.notUnder(id, 10), rewrap: once(store) };
      await expect(rewrapAll(stopped, keysOf(taken, old))).rejects.toThrow('stopped');
      expect(await store.caseKeys.masterKeysInUse()).toHaveLength(2);
      await Promise.all([
        rewrapAll(store.caseKeys, keysOf(taken, old)),
        rewrapAll(store.caseKeys, keysOf(taken, old)),
        caseKeysOf({ rows: store.caseKeys, masterKeys: keysOf(taken, old) }).make('BT-NEW', 'amsterdam'),
      ]);
      expect(await store.caseKeys.masterKeysInUse()).toEqual([localMasterKey(taken).id]);
      await Promise.all(made.map(async (key, number) => expect(await opened(number, taken)).toEqual(key)));
    });

    it('leaves a key that it cannot open as it is, and says how many there are', async () => {
      await makeKeys(3, old);
      await makeKeys(2, stranger, 'stranger');
      expect(await rewrapAll(store.caseKeys, keysOf(taken, old))).toEqual({ moved: 3, damaged: 2 });
      expect(await opened(1, stranger, 'stranger')).toBeDefined();
    });
  });

  let database: TestDatabase;
  let store: Store;
  let made: Buffer[];
  beforeAll(async () => {
    database = await open();
    store = openStore(database.place);
  });
  beforeEach(async () => {
    await database.asOwner('truncate pathways.case_key');
    made = [];
  });
  afterAll(() => store.close());

  async function makeKeys(count: number, masterKey: Buffer, prefix = 'BT'): Promise<void> {
    const master = localMasterKey(masterKey);
    for (let number = 0; number < count; number += 1) {
      const [key, reference] = [randomBytes(32), `${prefix}-${number}`];
      made.push(key);
      const wrapped = await master.wrap(key, reference);
      await store.caseKeys.add({ keyId: randomBytes(16), reference, office: 'amsterdam', wrapped, masterKey: master.id });
    }
  }

  async function opened(number: number, masterKey: Buffer, prefix = 'BT'): Promise<Buffer | undefined> {
    const key = await caseKeysOf({ rows: store.caseKeys, masterKeys: keysOf(masterKey) }).ofReference(`${prefix}-${number}`);
    return key?.key;
  }
});

function keysOf(first: Buffer, ...others: Buffer[]) {
  return localMasterKeys(() => [first, ...others]);
}

/** Wraps anew once, and is then stopped. */
function once({ caseKeys }: Store): Store['caseKeys']['rewrap'] {
  let isDone = false;
  return async (rows) => {
    if (isDone) throw new Error('stopped');
    isDone = true;
    await caseKeys.rewrap(rows);
  };
}
