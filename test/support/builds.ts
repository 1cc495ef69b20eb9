import type { Client } from '@temporalio/client';
import { keptBuildsIn } from '../../src/releases/keptBuilds';
import { makeCurrent as becomesCurrent } from '../../src/releases/move';
import { buildsVariable } from './workflowBundle';

/** The kept builds of the workers under test: today's sources alone. */
export function testedBuilds() {
  return keptBuildsIn(process.env[buildsVariable] ?? '');
}

/** What a release does once a worker runs: without it no new case would begin. */
export async function makeCurrent(client: Client): Promise<void> {
  const [{ build }] = await testedBuilds();
  await becomesCurrent({ client, target: build, tell: () => undefined, stopping: new AbortController().signal });
}
