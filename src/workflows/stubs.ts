/* The activities as a workflow calls them, one proxy for each kind of effect. */

import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { effects, moveOptions, type EffectKind } from './effects';

export const notify = proxyOf('notify');
export const { moveKey } = proxyActivities<Pick<Activities['notify'], 'moveKey'>>(moveOptions);

function proxyOf<Kind extends EffectKind>(kind: Kind) {
  const { taskQueue, options } = effects[kind];
  return proxyActivities<Activities[Kind]>({ taskQueue, ...options });
}
