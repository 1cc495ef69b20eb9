import '../../src/commands/utc';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOfSources } from '../../src/releases/workflowBundle';
import { play } from '../../src/simulation/play';
import { historiesOf } from '../../src/simulation/skippingServer';
import { workflowIdOf } from '../../src/workflows/messages';
import { scriptFrom, testWorld } from '../support/scenarios';
import { recorded, writeRecording } from './histories';
import { installRuntime } from '../../src/commands/runtime';

/**
 * `npm run record-histories`: plays the examples and keeps their histories. Do it before a release that changes the behaviour of cases.
 * Keep the old histories for as long as a case may run on them.
 */
async function record(name: string): Promise<void> {
  const script = scriptFrom(
    JSON.parse(readFileSync(join(__dirname, '..', '..', 'examples', `${name}.json`), 'utf8')) as Record<string, unknown>,
  );
  const { codePath } = await bundleOfSources();
  if (codePath === null) throw new Error('the bundle cannot be kept: .cache/ is not writable');
  const world = await testWorld(codePath);
  try {
    await play(script, world);
    const workflowId = workflowIdOf(script.start.reference);
    const histories = await historiesOf(world.client, workflowId, await firstRunOf(world.client, workflowId));
    writeRecording(name, { workflowId, histories });
  } finally {
    await world.close();
  }
}

async function firstRunOf(client: Parameters<typeof historiesOf>[0], workflowId: string): Promise<string> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId ?? '';
}

async function recordAll(): Promise<void> {
  installRuntime();
  for (const name of recorded) await record(name);
}

recordAll().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
