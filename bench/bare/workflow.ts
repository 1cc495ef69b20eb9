import { proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { act as Act } from './worker';
import { bareActivityQueue, count, tell } from './messages';

const { act } = proxyActivities<{ act: typeof Act }>({ taskQueue: bareActivityQueue, startToCloseTimeout: '2 minutes' });

/** What the engine costs by itself: a workflow that sleeps until a moment, does nothing once, and sleeps on. */
export async function bare(wakeAt: number): Promise<void> {
  let told = 0;
  setHandler(tell, (more: number) => (told += more), { validator: (more: number) => void more });
  setHandler(count, () => told);
  await sleep(Math.max(1, wakeAt - Date.now()));
  await act();
  await sleep('90 days');
}
