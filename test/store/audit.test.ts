import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { auditTrail } from '../../src/store/auditTrail';
import { openStore, type Store } from '../../src/store/store';
import { verifyAudit } from '../../src/store/verifyAudit';
import { onEveryEngine, type TestDatabase } from '../support/databases';

describe('the record of who did what', () => {
  onEveryEngine((open) => {
    let database: TestDatabase;
    let store: Store;
    beforeAll(async () => {
      database = await open('pathways_api');
      store = openStore(database.place);
    });
    beforeEach(async () => {
      await database.asOwner('truncate pathways.audit_line');
      await database.asOwner("update pathways.audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')");
    });
    afterAll(() => store.close());

    it('has no gap and holds after four processes have written at once, and none of their lines is missing', async () => {
      const each = 250;
      await Promise.all(['a', 'b', 'c', 'd'].map((name) => appendedBy(database, name, each)));
      const head = await store.audit.head();
      expect(await verifyAudit(store.audit)).toEqual({ held: 4 * each, head, faults: [] });
      const rows = await store.audit.from(1n, 5 * each);
      expect(rows.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 4 * each }, (_, place) => place + 1));
      expect(new Set(rows.map(({ line }) => line)).size).toBe(4 * each);
    });

    it('holds while it is empty, and from any head that was kept', async () => {
      expect(await verifyAudit(store.audit)).toMatchObject({ held: 0, faults: [] });
      const kept = await store.audit.append(['first', 'second'], true);
      expect(await verifyAudit(store.audit, kept)).toMatchObject({ held: 0, faults: [] });
      await store.audit.append(['third'], false);
      expect(await verifyAudit(store.audit, kept)).toMatchObject({ held: 1, faults: [] });
      expect((await verifyAudit(store.audit)).held).toBe(3);
    });

    it.each([
      ['a line with other words', "update pathways.audit_line set line = 'another' where seq = 5", ['line 5 was changed']],
      ['a line of another time', "update pathways.audit_line set at = at - interval '1 day' where seq = 5", ['line 5 was changed']],
      [
        'a line with other words and the hash of nothing',
        "update pathways.audit_line set line = 'another', hash = sha256('') where seq = 5",
        ['line 5 was changed', 'line 6 was changed'],
      ],
      ['a missing line', 'delete from pathways.audit_line where seq = 5', ['line 5 is missing']],
      ['missing lines at the beginning', 'delete from pathways.audit_line where seq < 4', ['the lines 1 to 3 are missing']],
      ['a line that was cut off', 'delete from pathways.audit_line where seq = 9', ['line 9 is missing']],
      ['everything cut off', 'truncate pathways.audit_line', ['the lines 1 to 9 are missing']],
      ['two faults', "update pathways.audit_line set line = '' where seq in (2, 7)", ['line 2 was changed', 'line 7 was changed']],
    ])('shows %s, even to somebody who kept no head', async (_, meddling, faults) => {
      await store.audit.append(nineLines, false);
      await database.asOwner(meddling);
      expect((await verifyAudit(store.audit)).faults).toEqual(faults);
    });

    it('shows that lines and the head were cut off together, and that the whole chain was replaced, to somebody who kept a head', async () => {
      const kept = await store.audit.append(nineLines, false);
      await database.asOwner('truncate pathways.audit_line');
      await database.asOwner("update pathways.audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')");
      await store.audit.append(nineLines.slice(0, 8), false);
      expect((await verifyAudit(store.audit, kept)).faults).toEqual(['line 9 is missing']);
      await store.audit.append(['another', 'and one more'], false);
      expect((await verifyAudit(store.audit)).faults).toEqual([]);
      expect((await verifyAudit(store.audit, kept)).faults).toEqual(['the chain of 9 is another one']);
    });

    it('gives the lines about one case, the newest first, in pages and from a day on', async () => {
      const trail = auditTrail({ table: store.audit, pseudonym: hexOf, failed: () => undefined });
      const write = (who: string, reference?: string) => trail.write(lineBy(who, reference), { durable: false });
      for (const [who, reference] of [['a', 'BT-1'], ['b', 'BT-2'], ['c', 'BT-1'], ['d'], ['e', 'BT-1']] as const)
        await write(who, reference);
      const whose = async (page: Parameters<typeof trail.ofCase>[1]) => (await trail.ofCase('BT-1', page)).map(({ line }) => line.who);
      expect(await whose({ most: 10 })).toEqual(['e', 'c', 'a']);
      expect(await whose({ most: 2 })).toEqual(['e', 'c']);
      expect(await whose({ most: 2, before: 3 })).toEqual(['a']);
      expect(await whose({ most: 10, from: '2001-01-01T00:00:00Z' })).toHaveLength(3);
      expect(await whose({ most: 10, from: '3001-01-01T00:00:00Z' })).toEqual([]);
      expect((await store.audit.from(1n, 10)).map(({ line }) => line).join()).not.toContain('BT-');
    });

    it('takes no value of a line for the hash of a case', async () => {
      const trail = auditTrail({ table: store.audit, pseudonym: hexOf, failed: () => undefined });
      await trail.write(lineBy(`x","case":"${hexOf('BT-1')}`, 'BT-2'), { durable: false });
      expect(await trail.ofCase('BT-1', { most: 10 })).toEqual([]);
      expect(await trail.ofCase('BT-2', { most: 10 })).toHaveLength(1);
    });
  });
});

describe('the lines of one process', () => {
  it('that wait together go in one call, and each caller hears of its own', async () => {
    const calls: (readonly string[])[] = [];
    const append = async (lines: readonly string[]) => {
      calls.push(lines);
      await new Promise(setImmediate);
      if (calls.length === 2) throw new Error('the second call fails');
      return { seq: 1n, hash: Buffer.alloc(32) };
    };
    const failures: unknown[] = [];
    const trail = auditTrail({ table: { append, ofCase: async () => [] }, pseudonym: hexOf, failed: (error) => failures.push(error) });
    const write = (who: string) => trail.write(lineBy(who), { durable: false });
    const [first, ...together] = ['a', 'b', 'c', 'd'].map(write);
    const outcomes = Promise.allSettled(together);
    await first;
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await write('e');
    expect(calls.map((lines) => lines.map((line) => (JSON.parse(line) as { who: string }).who))).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
    expect(failures).toHaveLength(1);
  });
});

const nineLines = Array.from({ length: 9 }, (_, place) => `line ${place + 1}`);

function lineBy(who: string, reference?: string) {
  return { did: 'read', who, outcome: 'asked', reference };
}

function hexOf(reference: string): string {
  return Buffer.from(reference).toString('hex');
}

async function appendedBy({ place }: TestDatabase, name: string, lines: number): Promise<void> {
  const script = join(__dirname, 'support', 'appends.ts');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', script, JSON.stringify(place), name, String(lines)]);
}
