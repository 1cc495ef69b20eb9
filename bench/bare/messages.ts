import { defineQuery, defineUpdate } from '@temporalio/workflow';

/** The contract of the bare workflow: names, shapes and queues. */

export const bareType = 'bare';
export const bareQueue = 'bench-bare';
export const bareActivityQueue = 'bench-bare-activities';

export interface BareStart {
  /** When it acts, in milliseconds since 1970. */
  readonly wakeAt: number;
  /** How long the padding of each of its answers is. */
  readonly paddingBytes: number;
}

/** What it answers to an update and to a query. */
export interface BareAnswer {
  /** How many tasks it was told of. */
  readonly told: number;
  readonly padding: string;
}

/** A request that may be refused, and never is. */
export const tell = defineUpdate<BareAnswer, [task: string]>('tell');
export const look = defineQuery<BareAnswer>('look');
