import { randomUUID } from 'node:crypto';
import { bareQueue, bareType, look, tell, type BareStart } from '../bare/messages';
import type { BareBundle } from '../bare/bundle';
import { startChild } from '../processes/child';
import { farAway, lettersLeaveAt, type Acts, type Side } from './side';
import type { Setting } from './setting';

/** The bare workflow with its worker, called directly by the client. */
export async function bareSide(setting: Setting, { codePath }: BareBundle): Promise<Side> {
  const { client, address, closing, profile } = setting;
  const handle = (id: string) => client.workflow.getHandle(id);
  const start = (wakeAt: number) => startBare(setting, { wakeAt, paddingBytes: 0 });
  const args = [address, client.options.namespace, codePath];
  const startWorker = () => startChild({ script: 'bench/bare/worker.js', args, readyWith: 'the workers ask for work', profile }, closing);
  const side: Side = {
    name: 'bare',
    open: () => start(lettersLeaveAt(farAway())),
    openAsleep: (minute) => start(lettersLeaveAt(minute)),
    command: (id) => handle(id).executeUpdate(tell, { args: ['a task'] }),
    read: (id) => handle(id).query(look),
    workflow: handle,
    acts: () => side.worker.ask<Acts>('acts'),
    actsOf: { opened: 0, woken: 1 },
    startWorker,
    worker: await startWorker(),
  };
  return side;
}

/** Starts a bare workflow and returns its id. */
export async function startBare({ client, started }: Setting, start: BareStart): Promise<string> {
  const workflowId = `bare-${randomUUID()}`;
  await client.workflow.start(bareType, { workflowId, taskQueue: bareQueue, args: [start] });
  return started(workflowId);
}
