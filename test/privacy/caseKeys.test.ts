import { caseKeysOf, type CaseKeys } from '../../src/privacy/caseKeys';
import { KeysUnavailable } from '../../src/privacy/keyErrors';
import { localMasterKey, localMasterKeys } from '../../src/privacy/masterKey';
import { rowsInMemory, type RowsInMemory } from '../support/keyRows';

const minute = 60_000;

describe('the key of a case', () => {
  it('is made once: a repeated request meets its own key', async () => {
    await keys.make('BT-1', 'amsterdam');
    const made = table.rows.get('BT-1');
    await keysOf().make('BT-1', 'amsterdam');
    expect(table.rows.get('BT-1')).toEqual(made);
    expect((await keysOf().ofReference('BT-1'))?.keyId).toEqual(made?.keyId);
  });

  it('is another for each case, and is kept wrapped only', async () => {
    for (const reference of ['BT-1', 'BT-2']) await keys.make(reference, 'amsterdam');
    const [one, other] = await Promise.all(['BT-1', 'BT-2'].map((reference) => keys.ofReference(reference)));
    expect(one?.key).toHaveLength(32);
    expect(one?.key).not.toEqual(other?.key);
    expect(table.rows.get('BT-1')?.wrapped.includes(one?.key ?? '')).toBe(false);
  });

  it('cannot be given to another case: its wrap is bound to the reference', async () => {
    for (const reference of ['BT-1', 'BT-2']) await keys.make(reference, 'amsterdam');
    const [one, other] = [table.rows.get('BT-1'), table.rows.get('BT-2')];
    if (one === undefined || other === undefined) throw new Error('no key was made');
    table.rows.set('BT-2', { ...other, wrapped: one.wrapped });
    expect(await keysOf().ofReference('BT-2')).toBeUndefined();
    expect(await keysOf().ofReference('BT-1')).toBeDefined();
  });

  it('is not there for a reference that nobody opened', async () => {
    expect(await keys.ofReference('BT-9')).toBeUndefined();
    expect(await keys.ofKeyIds([Buffer.alloc(16)])).toEqual(['no-key']);
  });
});

describe('the keys in memory', () => {
  beforeEach(async () => {
    await keys.make('BT-1', 'amsterdam');
    table.asked.length = 0;
  });

  it('are used for five minutes without a question, and then asked for again', async () => {
    const other = keysOf();
    await other.ofReference('BT-1');
    now += 5 * minute - 1;
    await other.ofReference('BT-1');
    expect(table.asked).toEqual([['BT-1']]);
    now += 1;
    await other.ofReference('BT-1');
    expect(table.asked).toEqual([['BT-1'], ['BT-1']]);
  });

  it('are gone five minutes after their row', async () => {
    await keys.ofReference('BT-1');
    table.rows.delete('BT-1');
    now += 5 * minute;
    expect(await keys.ofReference('BT-1')).toBeUndefined();
  });

  it('are used for an hour while the database does not answer, and not longer', async () => {
    table.goesAway();
    now += 60 * minute - 1;
    expect(await keys.ofReference('BT-1')).toBeDefined();
    expect(await keys.ofReference('BT-1')).toBeDefined();
    // The second did not wait for the database.
    expect(table.asked).toEqual([['BT-1']]);
    now += 1;
    await expect(keys.ofReference('BT-1')).rejects.toThrow(KeysUnavailable);
  });

  it('are asked for in one question, however many ask and by whichever way', async () => {
    for (const reference of ['BT-2', 'BT-3']) await keys.make(reference, 'amsterdam');
    const asking = keysOf();
    table.asked.length = 0;
    await Promise.all([
      asking.prefetch(['BT-1', 'BT-2', 'BT-3']),
      ...['BT-1', 'BT-2', 'BT-3', 'BT-1'].map((each) => asking.ofReference(each)),
    ]);
    const ids = [...table.rows.values()].map(({ keyId }) => keyId);
    expect(await asking.ofKeyIds(ids)).toHaveLength(3);
    expect(table.asked).toEqual([['BT-1', 'BT-2', 'BT-3']]);
  });

  it('come as soon as the database is back, for whoever still waits', async () => {
    table.goesAway();
    const waiting = keysOf({ patienceMs: 20_000 }).ofReference('BT-1');
    setTimeout(table.comesBack, 300);
    expect(await waiting).toBeDefined();
  });

  it('are not known while this process lacks their master key, which is no fault of the case', async () => {
    master = [Buffer.alloc(32, 4)];
    await expect(keysOf().ofReference('BT-1')).rejects.toThrow(KeysUnavailable);
    master = [Buffer.alloc(32, 4), Buffer.alloc(32, 3)];
    expect(await keysOf().ofReference('BT-1')).toBeDefined();
  });
});

describe('a case whose master key this process lacks', () => {
  it('fails alone: the others of the same question get their keys', async () => {
    for (const reference of ['BT-1', 'BT-2']) await keys.make(reference, 'amsterdam');
    master = [Buffer.alloc(32, 4), Buffer.alloc(32, 3)];
    await keys.make('BT-3', 'amsterdam');
    master = [Buffer.alloc(32, 3)];
    const other = keysOf();
    table.asked.length = 0;
    await other.prefetch(['BT-1', 'BT-2', 'BT-3']);
    expect(await Promise.all(['BT-1', 'BT-2'].map((each) => other.ofReference(each)))).toMatchObject([
      { reference: 'BT-1' },
      { reference: 'BT-2' },
    ]);
    expect(table.asked).toEqual([['BT-1', 'BT-2', 'BT-3']]);
    await expect(other.ofReference('BT-3')).rejects.toThrow(KeysUnavailable);
    const ids = ['BT-1', 'BT-3'].flatMap((each) => table.rows.get(each)?.keyId ?? []);
    expect(await keysOf().ofKeyIds(ids)).toMatchObject([{ reference: 'BT-1' }, 'not-now']);
  });

  it('goes on with the key in memory', async () => {
    await keys.make('BT-1', 'amsterdam');
    const row = table.rows.get('BT-1');
    if (row === undefined) throw new Error('no key was made');
    table.rows.set('BT-1', { ...row, masterKey: 'another' });
    now += 6 * minute;
    expect(await keys.ofReference('BT-1')).toBeDefined();
  });
});

describe('a master key', () => {
  it('has a name that tells nothing about it, and opens only its own wraps, for their own subject', async () => {
    const [one, other] = [localMasterKey(Buffer.alloc(32, 3)), localMasterKey(Buffer.alloc(32, 4))];
    expect(one.id).toMatch(/^[0-9a-f]{16}$/);
    const wrapped = await one.wrap(Buffer.alloc(32, 9), 'BT-1');
    expect(await one.unwrap(wrapped, 'BT-1')).toEqual(Buffer.alloc(32, 9));
    await expect(one.unwrap(wrapped, 'BT-2')).rejects.toThrow();
    await expect(other.unwrap(wrapped, 'BT-1')).rejects.toThrow();
  });
});

let now: number;
let master: readonly [Buffer, ...Buffer[]];
let table: RowsInMemory;
let keys: CaseKeys;
beforeEach(() => {
  now = 0;
  master = [Buffer.alloc(32, 3)];
  table = rowsInMemory();
  keys = keysOf();
});

/** The keys of a process that has none in memory yet. */
function keysOf({ patienceMs = 0 } = {}): CaseKeys {
  return caseKeysOf({ rows: table, masterKeys: localMasterKeys(() => master), clock: () => now, patienceMs });
}
