import type { ConnectionLike } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { IndexedValueType } = temporal.api.enums.v1;
const alreadyExists = 6;

/**
 * The data of every case that Temporal holds unencrypted, so that lists can be filtered. It is neutral on purpose: everybody who opens the
 * UI can read it.
 */
const searchAttributes = {
  Stage: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Office: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  NextDate: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  Escalated: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Attention: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
};

/** Registers our search attributes in a namespace; registering them again does no harm. Without them no case can start. */
export async function registerSearchAttributes(connection: ConnectionLike, namespace: string): Promise<void> {
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    if ((error as { code?: unknown }).code !== alreadyExists) throw error;
  }
}
