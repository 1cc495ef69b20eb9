import { proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { act as Act } from './worker';
import { bareActivityQueue, look, tell, type BareAnswer, type BareStart } from './messages';

const { act } = proxyActivities<{ act: typeof Act }>({ taskQueue: bareActivityQueue, startToCloseTimeout: '2 minutes' });

/** A workflow that shows the cost of the engine alone: it sleeps until an instant, does nothing once, and sleeps on. */
export async function bare({ wakeAt, paddingBytes }: BareStart): Promise<void> {
  let told = 0;
  const answer = (): BareAnswer => ({ told, padding: '.'.repeat(paddingBytes) });
  const record = () => {
    told += 1;
    return answer();
  };
  setHandler(tell, record, { validator: (task) => void task });
  setHandler(look, answer);
  await sleep(Math.max(1, wakeAt - Date.now()));
  await act();
  await sleep('90 days');
}
