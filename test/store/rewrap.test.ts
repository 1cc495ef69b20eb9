import { randomBytes } from 'node:crypto';
import { caseKeysOf } from '../../src/privacy/caseKeys';
import { localMasterKey, localMasterKeys } from '../../src/privacy/masterKey';
import { rewrapAll } from '../../src/privacy/rewrap';
import { openStore, type Store } from '../../src/store/store';
import { onEveryEngine, type TestDatabase } from '../support/databases';

const [old, taken, stranger] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)];
/** So many keys take ten statements. */
const many = 10_000;

onEveryEngine((open) => {
  describe('a new master key', () => {
    it('takes over every key, and the old one opens nothing any more', async () => {
      await makeKeys(many, old);
      expect(await rewrapAll(store.caseKeys, keysOf(taken, old))).toEqual({ moved: many, damaged: 0 });
      expect(await store.caseKeys.masterKeysInUse()).toEqual([localMasterKey(taken).id]);
      expect(await opened(taken)).toEqual(made);
      expect(await rewrapAll(store.caseKeys, keysOf(taken))).toEqual({ moved: 0, damaged: 0 });
    });

    it('goes on where it was stopped, while others do the same and cases are opened', async () => {
      await makeKeys(many, old);
      await expect(rewrapAll(stoppedAfter(5, store), keysOf(taken, old))).rejects.toThrow('stopped');
      expect(await store.caseKeys.masterKeysInUse()).toHaveLength(2);
      // Every key opens under one of the two master keys: half of them under each.
      expect(await opened(taken, old)).toEqual(made);
      for (const alone of [taken, old]) expect((await opened(alone)).size).toBe(many / 2);
      const [first, second] = await Promise.all([
        rewrapAll(store.caseKeys, keysOf(taken, old)),
        rewrapAll(store.caseKeys, keysOf(taken, old)),
        caseKeysOf({ rows: store.caseKeys, masterKeys: keysOf(taken, old) }).make('BT-NEW', 'amsterdam'),
      ]);
      expect([first.damaged, second.damaged]).toEqual([0, 0]);
      expect(await store.caseKeys.masterKeysInUse()).toEqual([localMasterKey(taken).id]);
      expect(await opened(taken)).toEqual(made);
    });

    it('leaves a key that it cannot open as it is, and says how many there are', async () => {
      await makeKeys(3, old);
      await makeKeys(2, stranger, 'STRANGER');
      expect(await rewrapAll(store.caseKeys, keysOf(taken, old))).toEqual({ moved: 3, damaged: 2 });
      expect(await opened(taken, stranger)).toEqual(made);
    });
  });

  let database: TestDatabase;
  let store: Store;
  /** The key of each case, by its reference. */
  let made: Map<string, string>;
  beforeAll(async () => {
    database = await open();
    store = openStore(database.place);
  });
  beforeEach(async () => {
    await database.asOwner('truncate pathways.case_key');
    made = new Map();
  });
  afterAll(() => store.close());

  /** Makes the rows in one statement. */
  async function makeKeys(count: number, masterKey: Buffer, prefix = 'BT'): Promise<void> {
    const master = localMasterKey(masterKey);
    const rows: string[] = [];
    for (let number = 0; number < count; number += 1) {
      const [key, reference] = [randomBytes(32), `${prefix}-${number}`];
      made.set(reference, key.toString('hex'));
      const [keyId, wrapped] = [randomBytes(16), await master.wrap(key, reference)].map((bytes) => `'\\x${bytes.toString('hex')}'::bytea`);
      rows.push(`(${keyId}, '${reference}', 'amsterdam', ${wrapped}, '${master.id}')`);
    }
    await database.asOwner(`insert into pathways.case_key (key_id, reference, office, wrapped, master_key) values ${rows.join()}`);
  }

  /** The keys that open with these master keys, by reference. */
  async function opened(first: Buffer, ...others: Buffer[]): Promise<Map<string, string>> {
    const masterKeys = keysOf(first, ...others);
    const rows = await store.caseKeys.ofReferences([...made.keys()]);
    const keys = new Map<string, string>();
    for (const { reference, wrapped, masterKey } of rows) {
      const master = await masterKeys.withId(masterKey);
      if (master !== undefined) keys.set(reference, (await master.unwrap(wrapped, reference)).toString('hex'));
    }
    return keys;
  }
});

function keysOf(first: Buffer, ...others: Buffer[]) {
  return localMasterKeys(() => [first, ...others]);
}

/** A table of keys that wraps anew so many times. Then the rotation is stopped. */
function stoppedAfter(times: number, { caseKeys }: Store): Store['caseKeys'] {
  let left = times;
  return {
    ...caseKeys,
    rewrap: async (rows) => {
      if (left === 0) throw new Error('stopped');
      left -= 1;
      await caseKeys.rewrap(rows);
    },
  };
}
