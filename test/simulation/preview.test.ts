import { previewed, played, someStories } from '../support/previewedAndPlayed';
import { testWorld } from '../support/scenarios';

/** `npm run check-previews` does the same for any number of cases. */
const cases = 24;
const seed = Number(process.env.PREVIEW_SEED ?? Date.now() % 1_000_000);

describe('the preview of a case', () => {
  it(`is what the real workflow then sends, whatever is recorded and when: ${cases} cases of seed ${seed}`, async () => {
    const stories = someStories(cases, seed);
    const world = await testWorld();
    const sent = await played(stories, world).finally(() => world.close());
    for (const [number, story] of stories.entries()) expect(previewed(story)).toEqual(sent[number]);
    expect(sent.flat().length).toBeGreaterThan(cases * 5);
  });
});
