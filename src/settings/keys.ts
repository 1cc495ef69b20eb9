import { z } from 'zod';
import { type SystemKey, keyFromBase64 } from '../privacy/key';
import { localMasterKeys, type MasterKeys } from '../privacy/masterKey';
import { required } from './required';

/** The keys that a process was given. */
export interface GivenKeys {
  readonly systemKey: SystemKey;
  readonly masterKeys: MasterKeys;
  /** The places that they came from, such as names of variables. */
  readonly keptIn: { readonly system: string; readonly masters: string };
}

interface Variables {
  readonly SYSTEM_KEY: SystemKey;
  readonly MASTER_KEYS: readonly [Buffer, ...Buffer[]];
}

/** The keys that stand in variables. */
export function givenKeys({ SYSTEM_KEY, MASTER_KEYS }: Variables): GivenKeys {
  const keptIn = { system: 'SYSTEM_KEY', masters: 'MASTER_KEYS' };
  return { systemKey: SYSTEM_KEY, masterKeys: localMasterKeys(() => MASTER_KEYS), keptIn };
}

/** The system key, as a variable holds it. */
export const systemKey = required('32 random bytes in base64').transform(keyIn);

/** The master keys, as a variable holds them: the first wraps new keys of cases, and all open those of before. */
export const masterKeys = required('one or more keys of 32 random bytes in base64, with a comma between').transform((text, context) => {
  const [first = '', ...others] = text.split(',');
  const keys: [Buffer, ...Buffer[]] = [keyIn(first, context), ...others.map((each) => keyIn(each, context))];
  if (new Set(keys.map((key) => key.toString('hex'))).size < keys.length)
    context.addIssue({ code: 'custom', message: 'the same key is there twice' });
  return keys;
});

function keyIn(text: string, context: z.RefinementCtx): Buffer {
  try {
    return keyFromBase64(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
}
