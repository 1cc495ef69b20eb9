import type { KeyRow, KeyRows } from '../../src/privacy/caseKeys';
import { StoreAway } from '../../src/store/storeAway';

/** The table of keys in memory. It can be away for a while, and counts the questions. */
export interface RowsInMemory extends KeyRows {
  /** The rows by reference. */
  readonly rows: Map<string, KeyRow>;
  /** The names of each question, in order. */
  readonly asked: (readonly string[])[];
  moveTo(reference: string, office: string): Promise<void>;
  goesAway(): void;
  comesBack(): void;
}

export function rowsInMemory(): RowsInMemory {
  const rows = new Map<string, KeyRow>();
  const asked: (readonly string[])[] = [];
  let isAway = false;
  const answered = <T>(names: readonly string[], answer: () => T): Promise<T> => {
    asked.push(names);
    return isAway ? Promise.reject(new StoreAway(new Error('stopped by the test'))) : Promise.resolve(answer());
  };
  return {
    rows,
    asked,
    goesAway: () => void (isAway = true),
    comesBack: () => void (isAway = false),
    add: (row) =>
      answered([row.reference], () => {
        const standing = rows.get(row.reference) ?? row;
        rows.set(row.reference, standing);
        return standing;
      }),
    moveTo: (reference, office) =>
      answered([reference], () => {
        const row = rows.get(reference);
        if (row !== undefined) rows.set(reference, { ...row, office });
      }),
    ofReferences: (references) => answered(references, () => references.flatMap((each) => rows.get(each) ?? [])),
    ofKeyIds: (keyIds) =>
      answered(
        keyIds.map((id) => id.toString('hex')),
        () => [...rows.values()].filter((row) => keyIds.some((id) => id.equals(row.keyId))),
      ),
  };
}
