/* The activities as a workflow calls them, one proxy for each kind of effect. */

import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { effects, type EffectKind } from './effects';

export const notify = proxyOf('notify');

function proxyOf<Kind extends EffectKind>(kind: Kind) {
  const { taskQueue, options } = effects[kind];
  return proxyActivities<Activities[Kind]>({ taskQueue, ...options });
}
