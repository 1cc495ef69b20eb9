import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { bundleOfSources } from '../src/releases/workflowBundle';
import { dateOf, instantOf } from '../src/domain/basics/calendar';
import type { PartnersFile } from '../src/settings/partnersFile';
import type { SystemKey } from '../src/privacy/key';
import { play } from '../src/simulation/play';
import { readScenario } from '../src/simulation/scenario';
import { scriptOf } from '../src/simulation/script';
import { bytesOf, historiesOf } from '../src/simulation/skippingServer';
import { openWorld } from '../src/simulation/world';
import type { StaffFile } from '../src/settings/staffFile';
import { workflowIdOf } from '../src/workflows/messages';

const root = join(__dirname, '..');
const scenarios = {
  cooperates: join(root, 'examples', 'cooperates.json'),
  'goes-home': join(root, 'examples', 'goes-home.json'),
  'says-nothing': join(root, 'examples', 'says-nothing.json'),
  'permit-of-a-year': join(__dirname, 'scenarios', 'permit-of-a-year.json'),
};

export type History = Awaited<ReturnType<typeof historiesOf>>[number];

/** A case played from its intake to its end, with the history of each run. */
export interface Played {
  readonly name: string;
  readonly workflowId: string;
  readonly key: SystemKey;
  readonly histories: readonly History[];
  readonly events: number;
  readonly bytes: number;
}

interface Files {
  readonly staff: StaffFile;
  readonly partners: PartnersFile;
}

/** Plays the examples and the case of a year through the real workflow, on the skipping clock. */
export async function playedExamples(files: Files): Promise<readonly Played[]> {
  const played: Played[] = [];
  for (const [name, path] of Object.entries(scenarios)) played.push(await playedScenario(name, path, files));
  return played;
}

async function playedScenario(name: string, path: string, { staff, partners }: Files): Promise<Played> {
  const script = scriptOf(readScenario(path, dateOf(instantOf(Date.now()))), { staff, policyEdition: undefined });
  const key = randomBytes(32);
  const world = await openWorld({ staff, partners, workflowBundle: await bundleOfSources(), key });
  try {
    await play(script, world);
    const workflowId = workflowIdOf(script.start.reference);
    const { events } = await world.client.workflow.getHandle(workflowId).fetchHistory();
    const firstRun = events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId ?? '';
    return { name, workflowId, key, ...measured(await historiesOf(world.client, workflowId, firstRun)) };
  } finally {
    await world.close();
  }
}

function measured(histories: readonly History[]) {
  const events = histories.reduce((sum, history) => sum + (history.events?.length ?? 0), 0);
  return { histories, events, bytes: histories.reduce((sum, history) => sum + bytesOf(history), 0) };
}
