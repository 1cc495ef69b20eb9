import '../../src/commands/utc';
import { NativeConnection, Worker } from '@temporalio/worker';
import { log } from '../../src/commands/log';
import { installRuntime } from '../../src/commands/runtime';
import { stopped, stopSignal } from '../../src/commands/stopSignal';
import { activityTuning, workflowTuning } from '../../src/commands/workers';
import type { Acts } from '../sides/side';
import { bareActivityQueue, bareQueue } from './messages';

let acts: Acts = { count: 0, lastAt: 0 };

/** An activity that does nothing. The benchmark asks for the instant of its last call. */
export async function act(): Promise<void> {
  acts = { count: acts.count + 1, lastAt: Date.now() };
}

/**
 * The workers of the bare workflow, in a process of their own. There are two on one connection, with our settings. Arguments: address,
 * namespace, bundle.
 */
async function work([address = '', namespace = '', codePath = '']: readonly string[]): Promise<void> {
  const stopping = stopSignal({ withParent: false });
  const endRuntime = installRuntime();
  const connection = await NativeConnection.connect({ address });
  const common = { connection, namespace, shutdownGraceTime: '2s', shutdownForceTime: '5s' } as const;
  const workers = [
    await Worker.create({ ...common, taskQueue: bareQueue, workflowBundle: { codePath }, ...workflowTuning() }),
    await Worker.create({ ...common, taskQueue: bareActivityQueue, activities: { act }, ...activityTuning('notify') }),
  ];
  // gauge.cjs answers on the same channel. Each answers only its own questions.
  process.on('message', (question) => question === 'acts' && process.send?.(acts));
  process.channel?.unref();
  const ended = Promise.all(workers.map((worker) => worker.run()));
  log.info('the workers ask for work');
  await Promise.race([stopped(stopping), ended]);
  for (const worker of workers) worker.shutdown();
  await ended;
  await connection.close();
  await endRuntime();
}

void work(process.argv.slice(2));
