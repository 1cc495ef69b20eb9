import type { DataConverter } from '@temporalio/common';
import { CaseCodec, type Encoder, type Seals } from './codec';

/** The path of the failure converter for the workflow bundle: it runs inside the sandbox too. */
export const failureConverterPath = require.resolve('./failureConverter');

/** Encrypts and decrypts all data that Temporal keeps. Client, worker, tests and replay use the same converter. */
export function dataConverterFor(seals: Seals, encoder: Encoder): DataConverter {
  return { payloadCodecs: [new CaseCodec(seals, encoder)], failureConverterPath };
}
