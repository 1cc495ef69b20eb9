import type { AuditHead, AuditRow, AuditTable } from '../../src/store/auditLines';
import { StoreAway } from '../../src/store/storeAway';

/** What the database does with a call: answers, says that it is away, or hangs until it is let go on. */
type Mood = 'there' | 'away' | 'hangs';

/** The table of the record, in memory, of a database that can be away. */
export interface AuditTableInMemory extends AuditTable {
  /** The lines of the table, in order. */
  lines(): readonly { readonly who: string; readonly at?: string; readonly [member: string]: unknown }[];
  /** The calls so far, whatever became of them. */
  calls(): number;
  is(mood: Mood): void;
  /** Lets the calls that hang end: they are carried out, and their callers hear so, or hear that nothing is known. */
  goOn(heard: 'answer' | 'nothing'): void;
}

export function auditTableInMemory(): AuditTableInMemory {
  const rows: AuditRow[] = [];
  let mood: Mood = 'there';
  let calls = 0;
  let hanging: ((heard: 'answer' | 'nothing') => void)[] = [];

  function add(lines: readonly string[]): AuditHead {
    for (const line of lines) rows.push({ seq: BigInt(rows.length + 1), at: '2001-01-01T00:00:00.000000Z', line, hash: Buffer.alloc(32) });
    return { seq: BigInt(rows.length), hash: Buffer.alloc(32) };
  }

  return {
    append: async (lines) => {
      calls += 1;
      if (mood === 'away') throw new StoreAway(new Error('stopped by the test'));
      if (mood === 'there') return add(lines);
      const heard = await new Promise<'answer' | 'nothing'>((goOn) => hanging.push(goOn));
      const head = add(lines);
      if (heard === 'nothing') throw new StoreAway(new Error('the answer was not heard'));
      return head;
    },
    ofCase: async (caseHash, { most }) => {
      if (mood === 'away') throw new StoreAway(new Error('stopped by the test'));
      const found = rows.filter(({ line }) => line.includes(`"case":"${caseHash}"`));
      return found.toReversed().slice(0, most);
    },
    head: async () => add([]),
    from: async (seq, most) => rows.slice(Number(seq) - 1, Number(seq) - 1 + most),
    lines: () => rows.map(({ line }) => JSON.parse(line) as { who: string; at?: string }),
    calls: () => calls,
    is: (next) => void (mood = next),
    goOn: (heard) => {
      mood = 'there';
      for (const each of hanging) each(heard);
      hanging = [];
    },
  };
}
