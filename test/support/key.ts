import { createHash } from 'node:crypto';
import type { DataConverter } from '@temporalio/common';
import type { Encoder } from '../../src/privacy/codec';
import { dataConverterFor } from '../../src/privacy/dataConverter';
import { derivedKeys } from '../../src/privacy/derivedKeys';
import type { SystemKey } from '../../src/privacy/key';
import { caseNames } from '../../src/workflows/messages';

/** The system key of all tests and recorded histories: fixed, and not secret. */
export const testKey: SystemKey = createHash('sha256').update('no secret: the key of the tests').digest();

/** The keys of tests that need no database. The key of a case is made from its reference. */
export const testSeals = { systemKey: testKey, keys: derivedKeys(testKey), namespace: 'default', cases: caseNames };

export function testConverter(encoder: Encoder): DataConverter {
  return dataConverterFor(testSeals, encoder);
}
