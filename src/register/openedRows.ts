import type { CaseKeys } from '../privacy/caseKeys';
import { KeysUnavailable, MasterKeyMissing } from '../privacy/keyErrors';
import { openedValue } from './seals';

interface SealedRow {
  readonly reference: string;
  readonly sealed: Buffer;
}

export interface OpenedRow<Row, Said> {
  readonly row: Row;
  readonly said: Said;
}

/**
 * Opens what is sealed in rows of many cases. All keys are asked for in one question. A row whose key is gone or does not open here is left
 * out: one case must not take a list away from everybody.
 */
export function openedRows(keys: Pick<CaseKeys, 'prefetch' | 'ofReference'>) {
  return async <Row extends SealedRow, Said>(
    rows: readonly Row[],
    about: (row: Row) => readonly string[],
  ): Promise<readonly OpenedRow<Row, Said>[]> => {
    await keys.prefetch(rows.map(({ reference }) => reference));
    const opened = await Promise.all(rows.map((row) => openedRow<Row, Said>(row)));
    return opened.flat();

    async function openedRow<One extends Row, What>(row: One): Promise<readonly OpenedRow<One, What>[]> {
      try {
        const key = await keys.ofReference(row.reference);
        return key === undefined ? [] : [{ row, said: openedValue(key, row.sealed, about(row)) as What }];
      } catch (failure) {
        if (failure instanceof KeysUnavailable && !(failure instanceof MasterKeyMissing)) throw failure;
        return [];
      }
    }
  };
}
