import { Connection } from '@temporalio/client';
import { UserFacingError } from '../errors/userFacingError';
import { sealed, unsealed } from '../privacy/aesGcm';
import { type SystemKey, derivedKey } from '../privacy/key';
import type { MasterKeys } from '../privacy/masterKey';
import type { GivenKeys } from '../settings/keys';
import type { Store } from '../store/store';
import { workflowType } from '../workflows/messages';

const answersWithinMs = 10_000;
/** The gRPC code NOT_FOUND. Without a namespace there is no case. */
const noSuchNamespace = 5;
const nothingHappened = 'nothing was started and nothing is lost';

/** The keys are not those of the existing cases, or the database is another one. */
export class WrongKey extends UserFacingError {
  override readonly name = 'WrongKey';
}

interface Installation {
  readonly store: Pick<Store, 'caseKeys' | 'sealed'>;
  readonly temporal: { readonly address: string; readonly namespace: string };
}

/**
 * Tries the keys of a process before anything starts. With other keys, new cases would be encrypted beside the old ones, and nobody could
 * open both. Throws `WrongKey`, which names the place that the key came from.
 */
export async function requireKeys({ store, temporal }: Installation, { systemKey, masterKeys, keptIn }: GivenKeys): Promise<void> {
  if (!(await opensTheCheck(store, systemKey)))
    throw new WrongKey(`${keptIn.system} is not the system key of these cases: ${nothingHappened}; put their key back`);
  const [missing] = await missingMasterKeys(store, masterKeys);
  if (missing !== undefined)
    throw new WrongKey(`${keptIn.masters} lacks the master key ${missing}, under which are keys of cases: ${nothingHappened}; put it back`);
  const hasNoKey = async () => (await store.caseKeys.count()) === 0;
  // Once more at the end: another process may have started meanwhile, and opened the first case.
  if ((await hasNoKey()) && (await hasCases(temporal)) && (await hasNoKey()))
    throw new WrongKey(`the database holds no key, and there are cases: ${nothingHappened}; give it back the database of these cases`);
}

/** The ids of the master keys that keys of cases are under, and that this process does not have. */
export async function missingMasterKeys(store: Pick<Store, 'caseKeys'>, masterKeys: MasterKeys): Promise<readonly string[]> {
  const inUse = await store.caseKeys.masterKeysInUse();
  const found = await Promise.all(inUse.map((id) => masterKeys.withId(id)));
  return inUse.filter((_, place) => found[place] === undefined);
}

/** Whether the key opens the value that the first process left, which may be this one. */
async function opensTheCheck({ sealed: values }: Pick<Store, 'sealed'>, systemKey: SystemKey): Promise<boolean> {
  const key = derivedKey(systemKey, 'check');
  const about = ['check of the system key'];
  const standing = await values.put('system-key', sealed(key, Buffer.alloc(0), about));
  try {
    unsealed(key, standing, about);
    return true;
  } catch {
    return false;
  }
}

async function hasCases({ address, namespace }: Installation['temporal']): Promise<boolean> {
  const connection = await Connection.connect({ address });
  try {
    const counting = () => connection.workflowService.countWorkflowExecutions({ namespace, query: `WorkflowType = '${workflowType}'` });
    const { count } = await connection.withDeadline(Date.now() + answersWithinMs, counting);
    return Number(count) > 0;
  } catch (error) {
    if ((error as { code?: unknown }).code === noSuchNamespace) return false;
    throw error;
  } finally {
    await connection.close();
  }
}
