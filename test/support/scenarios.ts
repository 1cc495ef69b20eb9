import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webhookSecret } from '../../src/settings/environment';
import { dateOf, daysAfter, instantOf, type PlainDate } from '../../src/domain/basics/calendar';
import { loadPartners } from '../../src/settings/partnersFile';
import { inOrder, type Line } from '../../src/simulation/lines';
import { play } from '../../src/simulation/play';
import { readScenario } from '../../src/simulation/scenario';
import { scriptOf, type Script } from '../../src/simulation/script';
import { openWorld, type World } from '../../src/simulation/world';
import { loadStaff } from '../../src/settings/staffFile';
import { testKey } from './key';
import { workflowBundlePath } from './workflowBundle';

const demo = join(__dirname, '..', '..', 'src', 'embedded', 'demo');
const staff = loadStaff(join(demo, 'staff.json'));
const partners = loadPartners(join(demo, 'partners.json'), webhookSecret);

/** A scenario in the form of its file. */
export type ScenarioText = Readonly<Record<string, unknown>>;

/** The script of a scenario, read like the command reads it. `today` moves the earliest possible start. */
export function scriptFrom(scenario: ScenarioText, today: PlainDate = dateOf(instantOf(Date.now()))): Script {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  try {
    const path = join(folder, 'scenario.json');
    writeFileSync(path, JSON.stringify(scenario));
    return scriptOf(readScenario(path, today), { staff, policyEdition: undefined });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A world with the key of the tests and the bundle of this run. */
export function testWorld(codePath = workflowBundlePath): Promise<World> {
  return openWorld({ staff, partners, workflowBundle: { codePath }, key: testKey });
}

/** Plays a scenario in a new world. */
export async function played(scenario: ScenarioText): Promise<Line[]> {
  const script = scriptFrom(scenario);
  const world = await testWorld();
  return inOrder(await play(script, world).finally(() => world.close()));
}

/** The date this many days from today. */
export function inDays(days: number): PlainDate {
  return daysAfter(dateOf(instantOf(Date.now())), days);
}
