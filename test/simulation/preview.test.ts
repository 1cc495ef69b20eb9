import { historiesOf } from '../../src/simulation/skippingServer';
import type { World } from '../../src/simulation/world';
import { workflowIdOf } from '../../src/workflows/messages';
import { previewed, played, someStories, type PlayedCase, type Story } from '../support/previewedAndPlayed';
import { withRestingBundle } from '../support/restingBundle';
import { testWorld } from '../support/scenarios';
import { workflowBundlePath } from '../support/workflowBundle';

/** `npm run check-previews` does the same for any number of cases. */
const cases = 24;
const restingCases = 20;
const seed = Number(process.env.PREVIEW_SEED ?? Date.now() % 1_000_000);

describe('the preview of a case', () => {
  it(`is what the real workflow then sends, whatever is recorded and when: ${cases} cases of seed ${seed}`, async () => {
    const stories = someStories(cases, seed);
    const world = await testWorld();
    const results = await played(stories, world).finally(() => world.close());
    expect(results.map(({ sent }) => sent)).toEqual(stories.map(previewed));
    expect(results.flatMap(({ sent }) => sent).length).toBeGreaterThan(cases * 5);
  });

  it(`is what the case sends, even if it rests at every wake and at every fact: ${restingCases} cases of seed ${seed}`, async () => {
    const stories = someStories(restingCases, seed);
    await withRestingBundle(workflowBundlePath, async (restingPath) => {
      const world = await testWorld(restingPath);
      try {
        const results = await played(stories, world, { resting: true });
        expect(results.map(({ sent }) => sent)).toEqual(stories.map(previewed));
        const most = Math.max(...results.map(({ sent }) => sent.length));
        const busiest = results.findIndex(({ sent }) => sent.length === most);
        await expectRests(stories[busiest], results[busiest], world);
      } finally {
        await world.close();
      }
    });
  });
});

/** Each fact and each minute of mail had a run of its own. */
async function expectRests(story: Story | undefined, result: PlayedCase | undefined, { client }: World): Promise<void> {
  if (story === undefined || result === undefined) throw new Error('no case was played');
  const runs = await historiesOf(client, workflowIdOf(story.start.reference), result.firstRun);
  const minutes = new Set(result.sent.map((line) => line.split(' ')[0]));
  expect(runs.length).toBeGreaterThan(Math.max(minutes.size, story.told.length));
}
