import type { DataConverter } from '@temporalio/common';
import { CaseCodec } from './codec';
import type { SystemKey } from './key';

/** The failure converter's file, for the workflow bundle: it runs inside the sandbox too. */
export const failureConverterPath = require.resolve('./failureConverter');

/** How this installation writes and reads what Temporal keeps. The same for client, worker, tests and replay. */
export function dataConverterFor(key: SystemKey): DataConverter {
  return { payloadCodecs: [new CaseCodec(key)], failureConverterPath };
}
