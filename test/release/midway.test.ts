import { rest } from '../../src/workflows/messages';
import { until } from '../support/until';
import { takesAll } from '../workflows/support/postOffice';
import { buildOf, countedOn, entriesOf, failedTasks, fileOf, historyOf, sentTwice, tells, withEach } from './support/cases';
import { sameRules, todaysBuild } from './support/changedBuild';
import { aHouseEach, quiet, type House } from './support/house';
import { casesInEveryStage, freshCases } from './support/states';
import type { KeptBuild } from '../../src/releases/keptBuilds';

describe('a release in the middle of work', () => {
  it('takes a case with a letter under way only afterwards, and the letter is sent once', async () => {
    const others = await house.opens(casesInEveryStage());
    await quiet(others);
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const isAsked = house.post.isAskedFor('police-1@example.org');
    house.post.says((address) => (address === 'police-1@example.org' ? held : undefined));
    const before = house.post.mails.length;
    const [busy] = await house.opens(freshCases(1));
    if (busy === undefined) throw new Error('no case was opened');
    await isAsked;
    const release = house.releases(next);
    await until('all others are over', async () => (await countedOn(house, next)).there === others.length);
    expect(await buildOf(busy.handle)).toBe(today.build);
    // The case answers and takes facts meanwhile.
    await tells(house, busy, 'police', 'reflectionStarted', {});
    expect(await buildOf(busy.handle)).toBe(today.build);
    house.post.says(takesAll);
    letGo();
    expect(await release).toBe(others.length + 1);
    expect(await buildOf(busy.handle)).toBe(next.build);
    await quiet([busy]);
    const to = house.post.mails.slice(before).map((mail) => mail.to);
    expect(to.filter((address) => address === 'police-1@example.org')).toHaveLength(1);
    expect(await entriesOf(busy)).toEqual(['fact-1 reflectionStarted']);
    expect(sentTwice(house)).toEqual([]);
    expect(await failedTasks(house, [busy, ...others])).toEqual([]);
  });

  it('loses no fact that is told at that moment, and records each once', async () => {
    const cases = await house.opens(freshCases(20));
    await quiet(cases);
    const release = house.releases(next);
    for (const round of [1, 2, 3]) {
      await Promise.all(
        cases.map((each) => tells(house, each, 'caseworker', 'consentGiven', { purpose: round === 2 ? 'medical' : 'placement' })),
      );
    }
    await release;
    // A case that is told a fact once the build is current goes over by itself, and is not counted.
    expect(new Set(await withEach(cases, ({ handle }) => buildOf(handle)))).toEqual(new Set([next.build]));
    const told = ['fact-1 consentGiven', 'fact-2 consentGiven', 'fact-3 consentGiven'];
    expect(await withEach(cases, entriesOf)).toEqual(cases.map(() => told));
    expect(await failedTasks(house, cases)).toEqual([]);
    expect(sentTwice(house)).toEqual([]);
  });

  it('goes on with other workers where the first ones stopped', async () => {
    const cases = await house.opens(freshCases(30));
    await quiet(cases);
    const release = house.releases(next, { perSecond: 5 });
    await until('some cases are over', async () => (await countedOn(house, next)).there > 0);
    await house.stops();
    await house.works(next, today);
    expect(await release).toBe(cases.length);
    expect((await countedOn(house, next)).there).toBe(cases.length);
    await expectNothingLost(cases);
  });

  it('goes on where it was broken off itself', async () => {
    const cases = await house.opens(freshCases(30));
    await quiet(cases);
    const stopping = new AbortController();
    const broken = house.releases(next, { perSecond: 5, stopping: stopping.signal });
    await until('some cases are over', async () => (await countedOn(house, next)).there > 0);
    stopping.abort();
    await expect(broken).rejects.toThrow();
    const { there } = await countedOn(house, next);
    expect(there).toBeLessThan(cases.length);
    // The release could be taken back still, and cannot be once every case is over.
    expect(await house.makesCurrent(next)).toBe(today.build);
    await house.releases(next);
    expect((await countedOn(house, next)).there).toBe(cases.length);
    expect(await house.makesCurrent(next)).toBe(null);
    await expectNothingLost(cases);
  });
});

describe('a release that another one overtakes', () => {
  it('ends, and leaves the build of the other current', async () => {
    const cases = await house.opens(freshCases(30));
    await quiet(cases);
    const release = house.releases(next, { perSecond: 1 });
    const ended = expect(release).rejects.toThrow(`another release made the build ${today.build} current`);
    await until('some cases are over', async () => (await countedOn(house, next)).there > 0);
    await house.makesCurrent(today);
    await ended;
    expect(await house.releases(today)).toBeLessThan(cases.length);
    expect((await countedOn(house, today)).there).toBe(cases.length);
    await expectNothingLost(cases);
  });
});

describe('a case that is asked to rest', () => {
  it('goes on in a new run, also twice, on its own build, and whatever comes with the signal', async () => {
    const cases = await house.opens([...freshCases(1), ...casesInEveryStage()]);
    await quiet(cases);
    const mails = house.post.mails.length;
    const before = await withEach(cases, entriesOf);
    for (const { handle } of cases) {
      await Promise.all([handle.signal(rest), handle.signal(rest)]);
      await handle.signal('rest', 'BT-0000-0000-0000-0', { start: null, entries: [] });
    }
    await Promise.all(cases.map((each) => until('it rested', async () => (await historyOf(house, each)).runs > 1)));
    await quiet(cases);
    expect(new Set(await withEach(cases, ({ handle }) => buildOf(handle)))).toEqual(new Set([today.build]));
    expect(await withEach(cases, entriesOf)).toEqual(before);
    expect(house.post.mails.length).toBe(mails);
    expect(await failedTasks(house, cases)).toEqual([]);
    // Each request to rest is answered by at most one run: none goes on for ever.
    const runs = await Promise.all(cases.map(async (each) => (await historyOf(house, each)).runs));
    expect(Math.max(...runs)).toBeLessThanOrEqual(4);
  });
});

async function expectNothingLost(cases: Awaited<ReturnType<House['opens']>>): Promise<void> {
  for (const { handle, file } of cases) expect((await fileOf(handle)).entries).toHaveLength(file.entries.length);
  await quiet(cases);
  expect(sentTwice(house)).toEqual([]);
  expect(await failedTasks(house, cases)).toEqual([]);
}

let house: House;
let today: KeptBuild;
let next: KeptBuild;
aHouseEach((made) => (house = made));

beforeAll(async () => {
  [today, next] = await Promise.all([todaysBuild(), sameRules('the next release')]);
});
beforeEach(async () => {
  await house.works(next, today);
  await house.releases(today);
});
