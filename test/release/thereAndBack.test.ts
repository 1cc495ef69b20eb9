import { instantOf } from '../../src/domain/basics/calendar';
import { keptBuildsIn, releasesIn, type KeptBuild } from '../../src/releases/keptBuilds';
import { releasedBuilds } from '../../src/settings/releaseVariables';
import { buildOf, entriesOf, failedTasks, sentTwice, viewsOf, withEach, type CaseInTheHouse } from './support/cases';
import { sameRules, todaysBuild } from './support/changedBuild';
import { startEngine, type Engine } from './support/engine';
import { openHouse, quiet, type House } from './support/house';
import { casesInEveryStage, casesOfTheExamples, freshCases } from './support/states';

describe('a release over cases of every kind', () => {
  it('takes each from every kept build to the next, back, and over again: nothing is lost or sent twice, and no task fails', async () => {
    const today = await todaysBuild();
    for (const former of await buildsOfBefore(today)) {
      const house = await newHouse(former.build);
      await house.works(today, former);
      await house.releases(former);
      const cases = await house.opens([...freshCases(3), ...casesInEveryStage(), ...casesOfTheExamples()]);
      await quiet(cases);
      const now = instantOf(Date.now());
      const views = () => withEach(cases, (each) => viewsOf(house, each, now));
      const before = await views();
      const mails = house.post.mails.length;
      await goOver(house, cases, today);
      await goOver(house, cases, former);
      expect(await views()).toEqual(before);
      await goOver(house, cases, today);
      expect(house.post.mails.length).toBe(mails);
      expect(sentTwice(house)).toEqual([]);
      expect(await failedTasks(house, cases)).toEqual([]);
    }
  });
});

/** A build with the rules of today, and every kept one with rules of its own. */
async function buildsOfBefore(today: KeptBuild): Promise<KeptBuild[]> {
  const kept = (await releasesIn(releasedBuilds)).length === 0 ? [] : await keptBuildsIn(releasedBuilds);
  return [await sameRules('a release before'), ...kept.filter(({ build }) => build !== today.build)];
}

async function goOver(house: House, cases: readonly CaseInTheHouse[], build: KeptBuild): Promise<void> {
  await house.releases(build);
  expect(new Set(await withEach(cases, ({ handle }) => buildOf(handle)))).toEqual(new Set([build.build]));
  expect(await withEach(cases, entriesOf)).toEqual(cases.map(({ file }) => file.entries.map(({ id, type }) => `${id} ${type}`)));
  await quiet(cases);
}

async function newHouse(name: string): Promise<House> {
  const house = await openHouse(engine, `from-${name}`);
  houses.push(house);
  return house;
}

let engine: Engine;
const houses: House[] = [];

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await Promise.all(houses.map((house) => house.close()));
  await engine.stop();
});
