import { createHash } from 'node:crypto';
import type { SystemKey } from '../../src/privacy/key';

/** The key of all tests and recorded histories: fixed, and not secret. */
export const testKey: SystemKey = createHash('sha256').update('no secret: the key of the tests').digest();
