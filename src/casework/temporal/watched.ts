import { decodePendingActivityState, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { beforeTheFirstLook, numbersOf, type Numbers, type Watch } from '../../domain/notifications/watch';
import { watchId } from '../../workflows/messages';
import { milliseconds } from './timestamps';

/** What the watch over the cases has to tell; undefined, what is not known. */
export interface Watched {
  readonly cases?: Numbers;
  /** When the engine last heard from who watches, by its own clock; only while it takes them for alive. */
  readonly heardAt?: number;
}

/** While a worker watches, the engine heard from it at most so long ago: it is missed after ten seconds (watch.ts of the workflows). */
export const heardWithinMs = 12_000;

/** Reads from the heartbeats of the watch what it last saw, and from their time the engine's clock. */
export async function watched(client: Client): Promise<Watched> {
  try {
    const { raw } = await client.workflow.getHandle(watchId).describe();
    const [activity] = raw.pendingActivities ?? [];
    const [known] = await opened(client, activity?.heartbeatDetails?.payloads ?? []);
    return {
      // A worker of another version may know less, or more.
      ...(known === undefined ? {} : { cases: numbersOf({ ...beforeTheFirstLook, ...(known as Partial<Watch>) }) }),
      ...(activity !== undefined && decodePendingActivityState(activity.state) === 'STARTED'
        ? { heardAt: Math.max(milliseconds(activity.lastHeartbeatTime), milliseconds(activity.lastStartedTime)) }
        : {}),
    };
  } catch (failure) {
    // No worker was ever there to start it.
    if (failure instanceof WorkflowNotFoundError) return {};
    throw failure;
  }
}

async function opened({ options: { namespace, loadedDataConverter } }: Client, sealed: Payload[]): Promise<unknown[]> {
  const context = { type: 'workflow' as const, namespace, workflowId: watchId };
  let payloads = sealed;
  for (const codec of loadedDataConverter.payloadCodecs.toReversed()) payloads = await codec.decode(payloads, context);
  return payloads.map((payload) => loadedDataConverter.payloadConverter.fromPayload(payload));
}
