import './utc';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { simulationConfig } from '../settings/environment';
import { dateOf, instantOf } from '../domain/basics/calendar';
import { loadPartners } from '../settings/partnersFile';
import { scriptOf } from '../simulation/script';
import { asJson, inOrder, asText } from '../simulation/lines';
import { play } from '../simulation/play';
import { bundleOfSources } from '../releases/workflowBundle';
import { BrokenScenario, readScenario } from '../simulation/scenario';
import { openWorld } from '../simulation/world';
import { loadStaff } from '../settings/staffFile';
import { reportFailure } from './reportFailure';
import { installRuntime } from './runtime';

/** `npm run simulate -- [--json] <scenario.json>`: months in seconds, through the real workflow, real mail and a clock that skips. */
async function simulate(args: readonly string[]): Promise<void> {
  const { path, print } = optionsFrom(args);
  const config = simulationConfig();
  const staff = loadStaff(config.staffFile);
  const partners = loadPartners(config.partnersFile, anySecret);
  const script = scriptOf(readScenario(path, dateOf(instantOf(Date.now()))), { staff, policyEdition: config.policyEdition });
  installRuntime();
  const world = await openWorld({ staff, partners, workflowBundle: await bundleOfSources() });
  const lines = await play(script, world).finally(() => world.close());
  // The reader of the lines may stop early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  for (const line of inOrder(lines)) process.stdout.write(`${print(line)}\n`);
}

function optionsFrom(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path !== undefined && positionals.length === 1) return { path, print: values.json ? asJson : asText };
  } catch {
    // The option is unknown. The error below names the options.
  }
  throw new BrokenScenario('give exactly one scenario: npm run simulate -- [--json] <scenario.json>');
}

/** The sink for notices checks no signature. */
function anySecret(): string {
  return randomBytes(32).toString('base64');
}

simulate(process.argv.slice(2)).catch((error: unknown) => {
  reportFailure(error);
  if (error instanceof BrokenScenario) process.exitCode = 2;
});
