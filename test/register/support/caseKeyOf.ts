import { derivedKeys } from '../../../src/privacy/derivedKeys';
import { testKey } from '../../support/key';

/** A key for each reference, without a table of keys. */
export const caseKeyOf = derivedKeys(testKey);
