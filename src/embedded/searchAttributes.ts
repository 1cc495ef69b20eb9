import type { ConnectionLike } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { IndexedValueType } = temporal.api.enums.v1;
const alreadyExists = 6;

/** What stands readable in Temporal of every case, so that lists can be filtered. Neutral on purpose: whoever sees the UI sees these. */
const searchAttributes = {
  Stage: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Office: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  NextDate: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  Escalated: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
};

/** Makes our search attributes known to a namespace; harmless when they are. Without them no case can be started. */
export async function registerSearchAttributes(connection: ConnectionLike, namespace: string): Promise<void> {
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    if ((error as { code?: unknown }).code !== alreadyExists) throw error;
  }
}
