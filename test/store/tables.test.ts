import { randomBytes } from 'node:crypto';
import type { CaseKeyRow } from '../../src/store/caseKeys';
import { openStore, type Store } from '../../src/store/store';
import { onEveryEngine, type TestDatabase } from '../support/databases';

describe('the store', () => {
  onEveryEngine((open) => {
    let database: TestDatabase;
    let store: Store;
    beforeAll(async () => {
      database = await open();
      store = openStore(database.place);
    });
    beforeEach(() => database.asOwner('truncate pathways.case_key, pathways.sealed_value, pathways.session'));
    afterAll(() => store.close());

    it('keeps one key for each case, even if many ask for one at once', async () => {
      const rows = Array.from({ length: 20 }, () => keyOf('BT-1'));
      const standing = await Promise.all(rows.map((row) => store.caseKeys.add(row)));
      expect(rows).toContainEqual(standing[0]);
      expect(new Set(standing.map(({ keyId }) => keyId.toString('hex'))).size).toBe(1);
      expect(await store.caseKeys.count()).toBe(1);
    });

    it('finds the keys of many cases in one question, and leaves out those that it does not have', async () => {
      const [first, second] = [keyOf('BT-1'), keyOf('BT-2')];
      await store.caseKeys.add(first);
      await store.caseKeys.add(second);
      expect(byReference(await store.caseKeys.ofReferences(['BT-2', 'BT-3', 'BT-1']))).toEqual([first, second]);
      expect(await store.caseKeys.ofKeyIds([randomBytes(16), second.keyId])).toEqual([second]);
      expect(await store.caseKeys.ofReferences([])).toEqual([]);
    });

    it('names the new office of a case that moved, and of no other', async () => {
      const rows = [await store.caseKeys.add(keyOf('BT-1')), await store.caseKeys.add(keyOf('BT-2'))];
      await store.caseKeys.moveTo('BT-1', 'rotterdam');
      const moved = byReference(await store.caseKeys.ofReferences(['BT-1', 'BT-2']));
      expect(moved).toEqual([{ ...rows[0], office: 'rotterdam' }, rows[1]]);
    });

    it('takes over new wraps, but for a key that was wrapped anew meanwhile', async () => {
      const [first, second] = [await store.caseKeys.add(keyOf('BT-1')), await store.caseKeys.add(keyOf('BT-2'))];
      const anew = (row: CaseKeyRow) => ({ keyId: row.keyId, was: row.wrapped, wrapped: Buffer.from('anew'), masterKey: 'new' });
      expect(byReference(await store.caseKeys.notUnder('new', 10))).toEqual([first, second]);
      await store.caseKeys.rewrap([anew(first), { ...anew(second), was: Buffer.from('another') }]);
      expect(await store.caseKeys.notUnder('new', 10)).toEqual([second]);
      expect(await store.caseKeys.ofKeyIds([first.keyId])).toEqual([{ ...first, wrapped: Buffer.from('anew'), masterKey: 'new' }]);
      expect(await store.caseKeys.masterKeysInUse()).toEqual(['new', 'old']);
    });

    it('lets the first sealed value of a name stand', async () => {
      expect(await store.sealed.get('key')).toBeUndefined();
      expect(await store.sealed.put('key', Buffer.from('first'))).toEqual(Buffer.from('first'));
      expect(await store.sealed.put('key', Buffer.from('second'))).toEqual(Buffer.from('first'));
      expect(await store.sealed.get('key')).toEqual(Buffer.from('first'));
    });

    it('knows a session until it expires or is destroyed', async () => {
      const [soon, past] = [new Date(Date.now() + 3_600_000), new Date(Date.now() - 1)];
      await store.sessions.set('a', Buffer.from('sealed'), soon);
      await store.sessions.set('b', Buffer.from('sealed'), past);
      expect([await store.sessions.get('a'), await store.sessions.get('b')]).toEqual([Buffer.from('sealed'), undefined]);
      await store.sessions.touch('b', soon);
      expect(await store.sessions.get('b')).toBeDefined();
      await store.sessions.destroy('b');
      await store.sessions.set('a', Buffer.from('other'), soon);
      expect([await store.sessions.get('a'), await store.sessions.get('b')]).toEqual([Buffer.from('other'), undefined]);
    });

    it('keeps a session under no id with which somebody could log in, and forgets it once it has expired', async () => {
      await store.sessions.set('the id in the cookie', Buffer.from('sealed'), new Date(Date.now() - 1));
      const stored = () => database.asOwner('select id, sealed from pathways.session');
      expect(await stored()).toHaveLength(1);
      expect(JSON.stringify(await stored())).not.toContain(Buffer.from('the id in the cookie').toString('hex'));
      await store.sessions.sweep();
      expect(await stored()).toEqual([]);
    });
  });
});

function keyOf(reference: string): CaseKeyRow {
  return { keyId: randomBytes(16), reference, office: 'amsterdam', wrapped: randomBytes(60), masterKey: 'old' };
}

function byReference(rows: readonly CaseKeyRow[]): CaseKeyRow[] {
  return rows.toSorted((one, other) => one.reference.localeCompare(other.reference));
}
