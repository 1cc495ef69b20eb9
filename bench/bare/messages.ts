import { defineQuery, defineUpdate } from '@temporalio/workflow';

/** The contract of the bare workflow: names, shapes and queues. */

export const bareType = 'bare';
export const bareQueue = 'bench-bare';
export const bareActivityQueue = 'bench-bare-activities';

export interface BareStart {
  /** The instant at which the workflow acts, in milliseconds since 1970. */
  readonly wakeAt: number;
  /** The length of the padding in each of its answers. */
  readonly paddingBytes: number;
}

/** The answer to an update and to a query. */
export interface BareAnswer {
  /** The number of tasks that updates have reported. */
  readonly told: number;
  readonly padding: string;
}

/** An update that has a validator, which never refuses it. */
export const tell = defineUpdate<BareAnswer, [task: string]>('tell');
export const look = defineQuery<BareAnswer>('look');
