import type { KeptBuild } from '../../src/releases/keptBuilds';
import { caseFile } from '../../src/workflows/messages';
import { buildOf, entriesOf, failedTasks, tells, withEach } from './support/cases';
import { changedBuild, sameRules, todaysBuild } from './support/changedBuild';
import { aHouseEach, quiet, type House } from './support/house';
import { freshCases } from './support/states';

describe('a fact that was recorded', () => {
  it('stays recorded after a release whose rules refuse such a fact', async () => {
    const stricter = await changedBuild([
      '    consentGiven: {\n        possibleIn: ',
      '    consentGiven: {\n        possibleIn: [],\n        before: ',
    ]);
    await house.works(stricter, today);
    await house.releases(today);
    const cases = await house.opens(freshCases(3));
    await quiet(cases);
    const consents = () => Promise.all(cases.map((each) => tells(house, each, 'caseworker', 'consentGiven', { purpose: 'placement' })));
    await consents();
    const recorded = cases.map(() => ['fact-1 consentGiven']);
    // The stricter build is current, and no case has gone over yet.
    await house.makesCurrent(stricter);
    expect(await withEach(cases, entriesOf)).toEqual(recorded);
    await house.releases(stricter);
    expect(await withEach(cases, entriesOf)).toEqual(recorded);
    await expect(consents()).rejects.toMatchObject({ code: 'fact-not-possible' });
    await house.releases(today);
    expect(await withEach(cases, entriesOf)).toEqual(recorded);
    await consents();
    expect(await withEach(cases, entriesOf)).toEqual(cases.map(() => ['fact-1 consentGiven', 'fact-2 consentGiven']));
    expect(await failedTasks(house, cases)).toEqual([]);
  });
});

describe('a build whose worker is gone', () => {
  it('leaves its cases unanswered, and every question and fact is answered when a worker has it again', async () => {
    const next = await sameRules('the next release');
    await house.works(next, today);
    await house.releases(today);
    const cases = await house.opens(freshCases(3));
    await quiet(cases);
    await house.works(next);
    const asked = (handle: (typeof cases)[number]['handle']) => house.client.withDeadline(Date.now() + 3_000, () => handle.query(caseFile));
    await Promise.all(cases.map(({ handle }) => expect(asked(handle)).rejects.toThrow()));
    const told = cases.map((each) => tells(house, each, 'police', 'reflectionStarted', {}));
    await house.works(next, today);
    await Promise.all(told);
    expect(await withEach(cases, entriesOf)).toEqual(cases.map(() => ['fact-1 reflectionStarted']));
    expect(new Set(await withEach(cases, ({ handle }) => buildOf(handle)))).toEqual(new Set([today.build]));
    expect(await failedTasks(house, cases)).toEqual([]);
  });
});

let house: House;
let today: KeptBuild;
aHouseEach((made) => (house = made));

beforeAll(async () => {
  today = await todaysBuild();
});
