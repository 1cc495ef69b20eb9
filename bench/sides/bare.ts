import { randomUUID } from 'node:crypto';
import { bareQueue, bareType, count, tell } from '../bare/messages';
import type { BareBundle } from '../bare/bundle';
import { startChild } from '../processes/child';
import { farAway, lettersLeaveAt, type Acts, type Side } from './side';
import type { Setting } from './setting';

/** The bare workflow, spoken to with nothing between. */
export async function bareSide({ client, address, closing, profile, started }: Setting, { codePath }: BareBundle): Promise<Side> {
  const handle = (id: string) => client.workflow.getHandle(id);
  const start = async (wakeAt: number) => {
    const workflowId = `bare/${randomUUID()}`;
    await client.workflow.start(bareType, { workflowId, taskQueue: bareQueue, args: [wakeAt] });
    return started(workflowId);
  };
  const args = [address, client.options.namespace, codePath];
  const startWorker = () => startChild({ script: 'bench/bare/worker.js', args, readyWith: 'the workers ask for work', profile }, closing);
  const side: Side = {
    name: 'bare',
    open: () => start(lettersLeaveAt(farAway())),
    openAsleep: (minute) => start(lettersLeaveAt(minute)),
    command: (id) => handle(id).executeUpdate(tell, { args: [1] }),
    read: (id) => handle(id).query(count),
    workflow: handle,
    acts: () => side.worker.ask<Acts>('acts'),
    actsOf: { opened: 0, woken: 1 },
    startWorker,
    worker: await startWorker(),
  };
  return side;
}
