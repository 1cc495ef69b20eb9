import { isDeepStrictEqual } from 'node:util';
import { temporal } from '@temporalio/proto';
import { dateOf, epoch, instantAt, instantOf, type PlainDate } from '../../src/domain/basics/calendar';
import type { KeptBuild } from '../../src/releases/keptBuilds';
import { until } from '../support/until';
import { buildOf, entriesOf, failedTasks, sentTwice, tells, viewsOf, withEach, type CaseInTheHouse } from './support/cases';
import { changedBuild, todaysBuild } from './support/changedBuild';
import { changes, type Change } from './support/changes';
import { startEngine, type Engine } from './support/engine';
import { openHouse, quiet, type House } from './support/house';
import { casesInEveryStage, lastDay, timeInMinutes, withDigestAt, type CaseState } from './support/states';

/** All digests that this file waits for leave at one time, so that it waits once. */
const minutesToTheDigest = 3;
/** So many changes are released at a time: each has two builds in memory, and two cases of each stage. */
const atATime = 2;

describe('a release of other rules over cases in every stage', () => {
  it.each(changes)('$name: nothing is lost, and the next digest is sent once', async (change) => {
    const released = await played(change);
    expect(new Set(released.builds)).toEqual(new Set([released.target]));
    expect(released.entriesThere).toEqual(released.entriesBefore);
    expect(released.sentByTheMove).toEqual([]);
    if (change.isSeen !== undefined) expect(released.isSeen).toBe(change.isSeen);
    // Each of these cases has a task that is due today.
    expect(released.digests).toEqual(released.digested.map((reference) => `${reference} to caseworker-1`).sort());
    expect(released.entriesBack).toEqual(released.entriesAtTheEnd);
    expect(released.sentTwice).toEqual([]);
    expect(released.failedTasks).toEqual([]);
  });
});

/** What came of one change. */
interface Released {
  readonly target: string;
  /** Of each case, after the release. */
  readonly builds: readonly (string | undefined)[];
  readonly entriesBefore: readonly (readonly string[])[];
  readonly entriesThere: readonly (readonly string[])[];
  readonly sentByTheMove: readonly string[];
  readonly isSeen: boolean;
  readonly digested: readonly string[];
  readonly digests: readonly string[];
  readonly entriesAtTheEnd: readonly (readonly string[])[];
  readonly entriesBack: readonly (readonly string[])[];
  readonly sentTwice: readonly string[];
  readonly failedTasks: readonly string[];
}

/**
 * Each stage has two cases. The digest of one is hours away, so all that it sends and shows after the move comes from the move. The digest of
 * the other leaves soon, before the move or after it, and once.
 */
async function release(change: Change, house: House): Promise<() => Promise<Released>> {
  const changed = await changedBuild(...change.edits(otherHours));
  if (change.attribute !== undefined) await registered(house, change.attribute);
  await house.works(changed, today);
  await house.releases(today);
  const given = casesInEveryStage(withTasksDue);
  const calm = await house.opens(withDigestAt(hoursAway, given));
  const digesting = await house.opens(withDigestAt(digestAt, given));
  const cases = [...calm, ...digesting];
  await quiet(cases);
  const entriesBefore = await withEach(cases, entriesOf);
  const now = instantOf(Date.now());
  const views = (of: readonly CaseInTheHouse[]) => withEach(of, (each) => viewsOf(house, each, now));
  const viewsBefore = await views(calm);
  const mails = house.post.mails.length;
  await house.releases(changed);
  await quiet(cases);
  const builds = await withEach(cases, ({ handle }) => buildOf(handle));
  const entriesThere = await withEach(cases, entriesOf);
  const isSeen = !isDeepStrictEqual(await views(calm), viewsBefore);
  const sentByTheMove = house.post.mails.slice(mails).filter((mail) => !isAboutOneOf(digesting, mail));
  const besides = change.newEdition === true ? await house.opens(withDigestAt(digestAt, given.map(ofANewEdition))) : [];

  return async () => {
    const all = [...cases, ...besides];
    const digested = [...digesting, ...besides].filter(({ file }) => file.situation.stage !== 'closed').map(({ reference }) => reference);
    await until('the digests left', () => digestsOf(house, digested).length >= digested.length);
    await quiet(all);
    const [first] = cases;
    if (change.newFact !== undefined && first !== undefined) await tells(house, first, 'police', change.newFact, {});
    const entriesAtTheEnd = await withEach(all, entriesOf);
    await house.releases(today);
    await views(all);
    return {
      ...{ target: changed.build, builds, entriesBefore, entriesThere, isSeen, digested, entriesAtTheEnd },
      sentByTheMove: sentByTheMove.map(({ raw }) => raw),
      digests: digestsOf(house, digested),
      entriesBack: await withEach(all, entriesOf),
      sentTwice: sentTwice(house),
      failedTasks: await failedTasks(house, all),
    };
  };
}

/** A task is due today, and another tomorrow. */
function withTasksDue(given: Parameters<NonNullable<Parameters<typeof casesInEveryStage>[0]>>[0]) {
  if (given.situation.stage === 'closed') return given;
  const added = (due: PlainDate) => given.told('caseworker', lastDay, 'taskAdded', { kind: 'social', due, owner: 'caseworker' });
  added('2027-09-21');
  return added('2027-09-22');
}

function ofANewEdition({ name, file }: CaseState): CaseState {
  const { edition } = file.start;
  const row = { ...edition.tasks[0], id: 'house-viewing', plannedBy: ['intake'], due: { after: 'P30D' } } as (typeof edition.tasks)[number];
  const next = { ...edition, edition: 'NL-2027-01', tasks: [...edition.tasks, row] };
  return { name: `${name} of a new edition`, file: { ...file, start: { ...file.start, edition: next } } };
}

/** The digests of today to the caseworker of these cases, once for each time that one left. */
function digestsOf({ letters }: House, references: readonly string[]): string[] {
  const day = dateOf(instantOf(digestLeaves));
  return letters
    .filter(({ reference, letter }) => references.includes(reference) && letter.to === 'caseworker-1' && letter.day === day)
    .filter(({ letter }) => letter.kind === 'digest')
    .map(({ reference, letter }) => `${reference} to ${letter.to}`)
    .sort();
}

/** A mail names its case. A line that is too long is broken by a "=". */
function isAboutOneOf(cases: readonly CaseInTheHouse[], { raw }: House['post']['mails'][number]): boolean {
  const text = raw.replaceAll(/=\r?\n/g, '');
  return cases.some(({ reference }) => new RegExp(`${reference}\\b`).test(text));
}

async function registered({ client }: House, name: string): Promise<void> {
  const { INDEXED_VALUE_TYPE_KEYWORD } = temporal.api.enums.v1.IndexedValueType;
  const searchAttributes = { [name]: INDEXED_VALUE_TYPE_KEYWORD };
  await client.connection.operatorService.addSearchAttributes({ namespace: client.options.namespace, searchAttributes });
}

const results = new Map<Change, Promise<Released>>();

async function played(change: Change): Promise<Released> {
  const result = results.get(change);
  if (result === undefined) throw new Error('it was not played');
  return result;
}

const digestAt = timeInMinutes(minutesToTheDigest);
const hoursAway = timeInMinutes(6 * 60);
/** The hours of a release that changes them: each digest leaves a minute later. */
const otherHours = { [digestAt]: timeInMinutes(minutesToTheDigest + 1), [hoursAway]: timeInMinutes(6 * 60 + 1) };
const digestLeaves = epoch(instantAt(dateOf(instantOf(Date.now() + minutesToTheDigest * 60_000)), digestAt));
let engine: Engine;
let today: KeptBuild;
const houses: House[] = [];

beforeAll(async () => {
  engine = await startEngine();
  today = await todaysBuild();
  for (let first = 0; first < changes.length; first += atATime) {
    const some = changes.slice(first, first + atATime).map(async (change, each) => {
      const house = await openHouse(engine, `change-${first + each + 1}`);
      houses.push(house);
      const rest = release(change, house);
      results.set(
        change,
        rest.then((afterwards) => afterwards()),
      );
      results.get(change)?.catch(() => undefined);
      await rest.catch(() => undefined);
    });
    await Promise.all(some);
  }
}, 1_200_000);
afterAll(async () => {
  await Promise.all(houses.map((house) => house.close()));
  await engine.stop();
}, 600_000);
