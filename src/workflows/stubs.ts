/* The activities as a workflow calls them, one proxy for each kind of effect. */

import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { atOnceOptions, effects, moveOptions, type EffectKind } from './effects';

export const notify = proxyOf('notify');
export const { moveKey } = proxyActivities<Pick<Activities['notify'], 'moveKey'>>(moveOptions);

/** Tried once, by the worker of the case itself: one event, where an activity costs six. */
export const { writeRegister: writeRegisterAtOnce } = proxyLocalActivities<Activities['register']>(atOnceOptions);
/** Tried until the database took it. */
export const { writeRegister: writeRegisterAtLast } = proxyOf('register');

function proxyOf<Kind extends EffectKind>(kind: Kind) {
  const { taskQueue, options } = effects[kind];
  return proxyActivities<Activities[Kind]>({ taskQueue, ...options });
}
