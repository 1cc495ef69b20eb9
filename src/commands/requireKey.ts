import { Connection } from '@temporalio/client';
import { UserFacingError } from '../errors/userFacingError';
import { defaultPayloadConverter } from '@temporalio/common';
import { CaseCodec, type Seals } from '../privacy/codec';
import { workflowType } from '../workflows/messages';

/** The key is tried on this many runs: open ones first, and the newest first; ours. */
const triedOn = 200;
const answersWithinMs = 10_000;
/** The gRPC code NOT_FOUND. Without a namespace there is no case. */
const noSuchNamespace = 5;

/** The key cannot decrypt all existing cases, or none of them. */
export class WrongKey extends UserFacingError {
  override readonly name = 'WrongKey';
}

/**
 * Tries the key on encrypted data of the existing cases before anything starts. With another key, new cases would be encrypted beside the
 * old ones, and no key would open both. Throws `WrongKey`, which names the place that the key came from.
 */
export async function requireKey(settings: {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly seals: Seals;
  /** The place that the key came from, such as the name of a variable. */
  readonly keptIn: string;
}): Promise<void> {
  const sealed = await memosOf(settings.temporal);
  const codec = new CaseCodec(settings.seals, 'asking');
  const { namespace } = settings.temporal;
  const opened = await Promise.all(
    sealed.map(({ workflowId, since }) => codec.decode([since], { type: 'workflow', namespace, workflowId })),
  );
  const others = opened.flat().filter((payload) => typeof defaultPayloadConverter.fromPayload(payload) !== 'string').length;
  if (others === 0) return;
  const found = others === sealed.length ? 'not the key of these cases' : `not the key of ${others} of the last ${sealed.length} cases`;
  throw new WrongKey(`${settings.keptIn} is ${found}: nothing was started and nothing is lost; put their key back`);
}

/** Each run of a case has an encrypted memo, which the case list shows. */
async function memosOf({ address, namespace }: { readonly address: string; readonly namespace: string }) {
  const connection = await Connection.connect({ address });
  try {
    const query = `WorkflowType = '${workflowType}'`;
    const listing = () => connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: triedOn });
    const { executions } = await connection.withDeadline(Date.now() + answersWithinMs, listing);
    return executions.flatMap(({ memo, execution }) => {
      const since = memo?.fields?.['since'];
      return since ? [{ since, workflowId: execution?.workflowId ?? '' }] : [];
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === noSuchNamespace) return [];
    throw error;
  } finally {
    await connection.close();
  }
}
