import { instantOf } from '../../src/domain/basics/calendar';
import { buildOf, entriesOf, failedTasks, sentTwice, viewsOf, type CaseInTheHouse } from './support/cases';
import { sameRules, todaysBuild } from './support/changedBuild';
import { startEngine, type Engine } from './support/engine';
import { openHouse, quiet, type House } from './support/house';
import { casesInEveryStage, casesOfTheExamples, freshCases } from './support/states';

describe('a release over cases of every kind', () => {
  it('takes each to the next build, back, and over again: nothing is lost, changed or sent twice, and no task fails', async () => {
    const [today, next] = [await todaysBuild(), await sameRules('the next release')];
    await house.works(next, today);
    await house.releases(today);
    const cases = await house.opens([...freshCases(3), ...casesInEveryStage(), ...casesOfTheExamples()]);
    await quiet(cases);
    const now = instantOf(Date.now());
    const before = await Promise.all(cases.map((each) => viewsOf(house, each, now)));
    const mails = house.post.mails.length;
    for (const build of [next, today, next]) {
      expect(await house.releases(build)).toBe(cases.length);
      expect(new Set(await Promise.all(cases.map(({ handle }) => buildOf(handle))))).toEqual(new Set([build.build]));
    }
    expect(await Promise.all(cases.map((each) => viewsOf(house, each, now)))).toEqual(before);
    expect(await Promise.all(cases.map(entriesOf))).toEqual(cases.map(entriesAtFirst));
    expect(house.post.mails.length).toBe(mails);
    expect(sentTwice(house)).toEqual([]);
    expect(await failedTasks(house, cases)).toEqual([]);
  });
});

function entriesAtFirst({ file }: CaseInTheHouse): string[] {
  return file.entries.map(({ id, type }) => `${id} ${type}`);
}

let engine: Engine;
let house: House;

beforeAll(async () => {
  engine = await startEngine();
  house = await openHouse(engine);
});
afterAll(async () => {
  await house.close();
  await engine.stop();
});
