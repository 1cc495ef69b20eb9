import { decodePendingActivityState, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { beforeTheFirstLook, numbersOf, type Numbers, type Watch } from '../../domain/notifications/watch';
import { watchId } from '../../workflows/messages';
import { decryptedPayloads } from './payloads';
import { milliseconds } from './timestamps';

/** The news of the watch over the cases. A member that is not known is left out. */
export interface Watched {
  readonly cases?: Numbers;
  /** When the engine last heard from the watching worker, by the engine's clock; only while the engine takes that worker for alive. */
  readonly heardAt?: number;
}

/** While a worker watches, the engine heard from it at most so long ago: it is missed after ten seconds (watch.ts of the workflows). */
export const heardWithinMs = 12_000;

/** Reads the last numbers from the heartbeats of the watch, and the engine's clock from their time. */
export async function watched(client: Client): Promise<Watched> {
  try {
    const { raw } = await client.workflow.getHandle(watchId).describe();
    const [activity] = raw.pendingActivities ?? [];
    const [known] = await decryptedPayloads(client, watchId, activity?.heartbeatDetails?.payloads ?? []);
    return {
      // A worker of another version may know less, or more.
      ...(known === undefined ? {} : { cases: numbersOf({ ...beforeTheFirstLook, ...(known as Partial<Watch>) }) }),
      ...(activity !== undefined && decodePendingActivityState(activity.state) === 'STARTED'
        ? { heardAt: Math.max(milliseconds(activity.lastHeartbeatTime), milliseconds(activity.lastStartedTime)) }
        : {}),
    };
  } catch (failure) {
    // No worker was ever there to start the watch.
    if (failure instanceof WorkflowNotFoundError) return {};
    throw failure;
  }
}
