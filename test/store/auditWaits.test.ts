import { auditTrail, type AuditTrail } from '../../src/store/auditTrail';
import { StoreAway } from '../../src/store/storeAway';
import { auditTableInMemory, type AuditTableInMemory } from '../support/auditTable';
import { until } from '../support/until';

describe('while the database is away', () => {
  it('ordinary lines count as written at once, and are appended when it is back, in order, each once, with their own time', async () => {
    table.is('away');
    const begun = new Date().toISOString();
    for (const who of ['a', 'b', 'c']) await ordinary(who);
    const ended = new Date().toISOString();
    expect(table.lines()).toEqual([]);
    table.is('there');
    await until('the lines are appended', () => table.lines().length >= 3);
    await ordinary('d');
    expect(table.lines().map(({ who }) => who)).toEqual(['a', 'b', 'c', 'd']);
    const times = table.lines().flatMap(({ at }) => at ?? []);
    expect(times).toEqual([begun, ...times, ended].toSorted().slice(1, -1));
    expect(times).toHaveLength(3);
  });

  it('a durable line is refused, and is not in the record later either', async () => {
    table.is('away');
    await ordinary('a');
    await expect(durable('b')).rejects.toThrow(StoreAway);
    table.is('there');
    await until('the line is appended', () => table.lines().length > 0);
    await durable('c');
    expect(table.lines().map(({ who }) => who)).toEqual(['a', 'c']);
  });

  it('a durable line that comes first after it is back is written behind those that wait', async () => {
    table.is('away');
    for (const who of ['a', 'b']) await ordinary(who);
    table.is('there');
    await durable('c');
    expect(table.lines().map(({ who }) => who)).toEqual(['a', 'b', 'c']);
  });

  it('ten thousand lines wait, and no more', async () => {
    table.is('away');
    await Promise.all(Array.from({ length: 10_000 }, (_, number) => ordinary(`number ${number}`)));
    await expect(ordinary('one too many')).rejects.toThrow(StoreAway);
    table.is('there');
    await until('the lines are appended', () => table.lines().length >= 10_000);
    await ordinary('the next');
    const names = table.lines().map(({ who }) => who);
    expect(names).toEqual([...Array.from({ length: 10_000 }, (_, number) => `number ${number}`), 'the next']);
  });
});

describe('while the database hangs', () => {
  it('no ordinary request waits for it, and no line of theirs is sent a second time before it answers', async () => {
    table.is('hangs');
    for (const who of ['a', 'b', 'c']) await ordinary(who);
    expect(table.calls()).toBe(1);
    table.goOn('answer');
    await until('the lines are appended', () => table.lines().length >= 3);
    await ordinary('d');
    expect(table.lines().map(({ who }) => who)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('a line whose call was perhaps carried out is written again, and shows by its request and its time that it is the same', async () => {
    table.is('hangs');
    for (const who of ['a', 'b']) await ordinary(who);
    table.goOn('nothing');
    await until('the lines are appended', () => table.lines().length >= 3);
    expect(table.lines().map(({ who, at }) => [who, at === undefined ? 'as it came' : 'with its own time'])).toEqual([
      ['a', 'as it came'],
      ['a', 'with its own time'],
      ['b', 'with its own time'],
    ]);
  });

  it('a durable line waits for its answer', async () => {
    table.is('hangs');
    const written = durable('a');
    await ordinary('b');
    expect(table.lines()).toEqual([]);
    table.goOn('answer');
    await written;
    await until('the other is there too', () => table.lines().length === 2);
  });
});

describe('the end of a process', () => {
  it('waits for the lines that can be appended', async () => {
    table.is('away');
    for (const who of ['a', 'b']) await ordinary(who);
    table.is('there');
    expect(await trail.stop()).toBe(0);
    expect(table.lines().map(({ who }) => who)).toEqual(['a', 'b']);
  });

  it('tells how many are lost', async () => {
    table.is('away');
    for (const who of ['a', 'b']) await ordinary(who);
    expect(await trail.stop()).toBe(2);
  });
});

describe('a database that refuses', () => {
  it('refuses the request, and the operators hear of it; a line that waits already is not lost', async () => {
    const refusal = new Error('a fault of ours');
    const failures: unknown[] = [];
    let isRefusing = true;
    const append: AuditTableInMemory['append'] = async (lines, isDurable) => {
      if (isRefusing) throw refusal;
      return table.append(lines, isDurable);
    };
    trail = auditTrail({ table: { ...table, append }, pseudonym: String, failed: (error) => failures.push(error) });
    await expect(ordinary('a')).rejects.toBe(refusal);
    expect(failures).toEqual([refusal]);
    isRefusing = false;
    table.is('away');
    await ordinary('b');
    isRefusing = true;
    await until('the operators hear again', () => failures.length > 1);
    await expect(durable('c')).rejects.toBe(refusal);
    isRefusing = false;
    table.is('there');
    await until('the line is there', () => table.lines().length === 1);
    expect(table.lines()).toMatchObject([{ who: 'b' }]);
  });
});

describe('who reads the lines about a case', () => {
  it('finds each at its own time, also where it was appended later', async () => {
    await ordinary('before', 'BT-1');
    table.is('away');
    await ordinary('meanwhile', 'BT-1');
    table.is('there');
    await until('the line is appended', () => table.lines().length === 2);
    const appended = '2001-01-01T00:00:00.000000Z';
    const found = await trail.ofCase('BT-1', { most: 10 });
    expect(found.map(({ line, at }) => [line.who, at === appended])).toEqual([
      ['meanwhile', false],
      ['before', true],
    ]);
    expect(found.map(({ line }) => Object.keys(line))).toEqual(Array(2).fill(['did', 'who', 'outcome', 'case']));
  });
});

let table: AuditTableInMemory;
let trail: AuditTrail;
beforeEach(() => {
  table = auditTableInMemory();
  trail = auditTrail({ table, pseudonym: (reference) => Buffer.from(reference).toString('hex'), failed: () => undefined });
});
afterEach(async () => {
  table.goOn('answer');
  await trail.stop();
});

function ordinary(who: string, reference?: string): Promise<void> {
  const line = { did: 'read', who, outcome: 'asked', reference };
  return trail.write(line, { durable: false });
}

function durable(who: string): Promise<void> {
  const line = { did: 'accessLog', who, outcome: 'seen' };
  return trail.write(line, { durable: true });
}
