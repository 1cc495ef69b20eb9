import { Connection } from '@temporalio/client';
import { UserFacingError } from '../errors/userFacingError';
import { CaseCodec, whyUnreadable } from '../privacy/codec';
import type { SystemKey } from '../privacy/key';
import { workflowType } from '../workflows/messages';

/** Of so many runs the key is tried, those that go on first, the newest before; ours. */
const triedOn = 200;
const answersWithinMs = 10_000;
/** What grpc calls NOT_FOUND: where no namespace is there is no case. */
const noSuchNamespace = 5;

/** The key opens cases that are there not at all, or not all of them. */
export class WrongKey extends UserFacingError {
  override readonly name = 'WrongKey';
}

/**
 * Tries the key on what is sealed of the cases that are there, before anything works with it: with another one new cases would be
 * sealed beside the old, and neither key would open both. Throws `WrongKey`, which says where the key came from.
 */
export async function requireKey(settings: {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly key: SystemKey;
  /** Such as the name of a variable. */
  readonly keptIn: string;
}): Promise<void> {
  const sealed = await memosOf(settings.temporal);
  const codec = new CaseCodec(settings.key);
  const opened = await codec.decode(sealed);
  const others = opened.filter((payload) => whyUnreadable(payload) === 'wrong-key').length;
  if (others === 0) return;
  const found = others === sealed.length ? 'not the key of these cases' : `not the key of ${others} of the last ${sealed.length} cases`;
  throw new WrongKey(`${settings.keptIn} is ${found}: nothing was started and nothing is lost; put their key back`);
}

/** Each run of a case keeps something sealed beside it, for lists. */
async function memosOf({ address, namespace }: { readonly address: string; readonly namespace: string }) {
  const connection = await Connection.connect({ address });
  try {
    const query = `WorkflowType = '${workflowType}'`;
    const listing = () => connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: triedOn });
    const { executions } = await connection.withDeadline(Date.now() + answersWithinMs, listing);
    return executions.flatMap(({ memo }) => memo?.fields?.['since'] ?? []);
  } catch (error) {
    if ((error as { code?: unknown }).code === noSuchNamespace) return [];
    throw error;
  } finally {
    await connection.close();
  }
}
