import type { DataConverter } from '@temporalio/common';
import { CaseCodec } from './codec';
import type { SystemKey } from './key';

/** The path of the failure converter for the workflow bundle: it runs inside the sandbox too. */
export const failureConverterPath = require.resolve('./failureConverter');

/** Encrypts and decrypts all data that Temporal keeps. Client, worker, tests and replay use the same converter. */
export function dataConverterFor(key: SystemKey): DataConverter {
  return { payloadCodecs: [new CaseCodec(key)], failureConverterPath };
}
