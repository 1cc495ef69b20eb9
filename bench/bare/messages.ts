import { defineQuery, defineUpdate } from '@temporalio/workflow';

/** The contract of the bare workflow: names and queues. */

export const bareType = 'bare';
export const bareQueue = 'bench-bare';
export const bareActivityQueue = 'bench-bare-activities';

/** A request that may be refused, and never is. */
export const tell = defineUpdate<number, [number]>('tell');
/** How much was told. */
export const count = defineQuery<number>('count');
