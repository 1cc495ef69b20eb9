import '../../src/commands/utc';
import { parseArgs } from 'node:util';
import { bundleOfSources } from '../../src/releases/workflowBundle';
import { previewed, played, someStories } from '../support/previewedAndPlayed';
import { withRestingBundle } from '../support/restingBundle';
import { testWorld } from '../support/scenarios';
import { installRuntime } from '../../src/commands/runtime';

/** The number of cases that share one server, whose clock runs through all their months. */
const together = 50;

interface Check {
  readonly cases: number;
  readonly seed: number;
  readonly resting: boolean;
}

/**
 * `npm run check-previews -- --cases 2000 --seed 7`: plays random cases through the real workflow. It lists the cases whose preview was
 * wrong, and exits with 1 if there is one. With `--resting` each case goes on in a new run at every wake and after every fact.
 */
async function check(asked: Check): Promise<void> {
  const { codePath } = await bundleOfSources();
  if (codePath === null) throw new Error('the bundle cannot be kept: .cache/ is not writable');
  if (asked.resting) await withRestingBundle(codePath, (restingPath) => checkOn(restingPath, asked));
  else await checkOn(codePath, asked);
}

async function checkOn(codePath: string, { cases, seed, resting }: Check): Promise<void> {
  let wrong = 0;
  for (let done = 0, batch = seed; done < cases; done += together, batch += 1) {
    const stories = someStories(Math.min(together, cases - done), batch);
    const world = await testWorld(codePath);
    const results = await played(stories, world, { resting }).finally(() => world.close());
    const differ = stories.filter((story, number) => previewed(story).join('\n') !== results[number]?.sent.join('\n'));
    wrong += differ.length;
    for (const { start } of differ) process.stdout.write(`differs: ${start.reference} (of seed ${batch})\n`);
    process.stdout.write(`${Math.min(done + together, cases)} of ${cases} cases, ${wrong} differ\n`);
  }
  process.exitCode = wrong === 0 ? 0 : 1;
}

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    resting: { type: 'boolean', default: false },
  },
});
installRuntime();

function wholeNumber(option: 'cases' | 'seed'): number {
  const number = Number(values[option]);
  if (Number.isInteger(number) && number > 0) return number;
  process.stderr.write(`--${option}: a whole number above nought\n`);
  process.exit(2);
}

check({ cases: wholeNumber('cases'), seed: wholeNumber('seed'), resting: values.resting }).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
