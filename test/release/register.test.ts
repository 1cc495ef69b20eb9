import { keptBuildsIn, type KeptBuild } from '../../src/releases/keptBuilds';
import { releasedBuilds } from '../../src/settings/releaseVariables';
import { registerInMemory } from '../support/registerInMemory';
import { callerOf } from '../support/aCase';
import { until } from '../support/until';
import { fileOf, tells, withEach, type CaseInTheHouse } from './support/cases';
import { changedBuild, todaysBuild } from './support/changedBuild';
import { startEngine, type Engine } from './support/engine';
import { openHouse, quiet, type House } from './support/house';
import { freshCases } from './support/states';

describe('a release that is taken back and comes again', () => {
  it('leaves the register with every fact, also those told while cases were on code that knows no register', async () => {
    const [today, former] = [await todaysBuild(), await lastWithoutRegister()];
    await house.works(today, former);
    await house.releases(today);
    const cases = await house.opens(freshCases(3));
    await quiet(cases);
    await tellsEach(cases);
    await house.releases(former);
    await quiet(cases);
    await tellsEach(cases);
    await inTheRegister(cases, 2);
    await house.releases(today);
    await quiet(cases);
    await tellsEach(cases);
    await inTheRegister(cases, 3);
    const revisions = await withEach(cases, async ({ handle }) => (await fileOf(handle)).revision);
    await until('the register is where the cases are', async () => {
      const found = await Promise.all(cases.map(({ reference }) => table.ofReference(reference)));
      return found.every((row, place) => row?.revision === revisions[place]);
    });
  });
});

describe('a case on a build that records facts in another way than the API', () => {
  it('is in the register as the case has it', async () => {
    const another = await changedBuild(['id = `fact-${', 'id = `of-that-build-${']);
    await house.works(another, await todaysBuild());
    await house.releases(another);
    const [each] = await house.opens(freshCases(1));
    if (each === undefined) throw new Error('there is no case');
    await quiet([each]);
    await until('the register has the case', async () => (await table.ofReference(each.reference)) !== undefined);
    await tells(house, each, 'caseworker', 'contactMissed', {});
    await inTheRegister([each], 1);
    const read = await house.pathways.timeline(each.reference, callerOf('caseworker'));
    expect(read).toMatchObject([{ id: 'of-that-build-1' }]);
    expect((await fileOf(each.handle)).entries).toMatchObject([{ id: 'of-that-build-1' }]);
  });
});

/** The newest kept build of a release before the register: 0.3.0. */
async function lastWithoutRegister(): Promise<KeptBuild> {
  const kept = await keptBuildsIn(releasedBuilds);
  const found = kept.find(({ version }) => version === '0.3.0');
  if (found === undefined) throw new Error('no build of before the register is kept any more: this test has had its time');
  return found;
}

async function tellsEach(cases: readonly CaseInTheHouse[]): Promise<void> {
  await withEach(cases, (each) => tells(house, each, 'caseworker', 'contactMissed', {}));
}

/** Whether a reader of the API finds so many facts, while the cases themselves are not asked. */
async function inTheRegister(cases: readonly CaseInTheHouse[], facts: number): Promise<void> {
  const caller = callerOf('caseworker');
  const read = await withEach(cases, ({ reference }) => house.pathways.timeline(reference, caller));
  expect(read.map((entries) => entries.length)).toEqual(cases.map(() => facts));
  const rows = await Promise.all(cases.map(({ reference }) => table.ofReference(reference)));
  expect(rows.map((row) => row?.facts.length)).toEqual(cases.map(() => facts));
}

const table = registerInMemory();
let engine: Engine;
let house: House;
beforeAll(async () => {
  engine = await startEngine();
  house = await openHouse(engine, 'register', table);
});
afterAll(async () => {
  await house.close();
  await engine.stop();
});
