import { createHash } from 'node:crypto';
import type { SystemKey } from '../../src/privacy/key';

/** The one key of all tests and of the recorded histories: fixed, and no secret. */
export const testKey: SystemKey = createHash('sha256').update('no secret: the key of the tests').digest();
