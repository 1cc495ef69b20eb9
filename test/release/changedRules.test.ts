import { isDeepStrictEqual } from 'node:util';
import { temporal } from '@temporalio/proto';
import { dateOf, epoch, instantAt, instantOf, timeOf, type Instant, type PlainDate } from '../../src/domain/basics/calendar';
import type { KeptBuild } from '../../src/releases/keptBuilds';
import { until } from '../support/until';
import { entriesOf, failedTasks, sentTwice, tells, viewsOf, withEach, type CaseInTheHouse } from './support/cases';
import { changedBuild, todaysBuild } from './support/changedBuild';
import { changes, type Change } from './support/changes';
import { startEngine, type Engine } from './support/engine';
import { openHouse, quiet, type House } from './support/house';
import { casesInEveryStage, lastDay, withDigestAt, type CaseState } from './support/states';

/** The digests of changes that are released together leave at one time. Until then the move alone is a reason for mail. */
const minutesToTheDigest = 4;
/** So many changes are released at a time: each has two builds in memory. */
const atATime = 3;

describe('a release of other rules over cases in every stage', () => {
  it.each(changes)('$name: nothing is lost, and the next digest is sent once', async (change) => {
    const released = await played(change);
    expect(released.over).toBe(released.cases);
    expect(released.entriesThere).toEqual(released.entriesBefore);
    expect(released.sentByTheMove).toEqual([]);
    if (change.isSeen !== undefined) expect(released.isSeen).toBe(change.isSeen);
    // Each open case has a task that is due today.
    expect(released.digests).toEqual(released.openCases.map((reference) => `${reference} to caseworker-1`).sort());
    expect(released.entriesBack).toEqual(released.entriesAtTheEnd);
    expect(released.sentTwice).toEqual([]);
    expect(released.failedTasks).toEqual([]);
  });
});

/** What came of one change. */
interface Released {
  readonly cases: number;
  readonly over: number;
  readonly entriesBefore: readonly (readonly string[])[];
  readonly entriesThere: readonly (readonly string[])[];
  readonly sentByTheMove: readonly string[];
  readonly isSeen: boolean;
  readonly openCases: readonly string[];
  readonly digests: readonly string[];
  readonly entriesAtTheEnd: readonly (readonly string[])[];
  readonly entriesBack: readonly (readonly string[])[];
  readonly sentTwice: readonly string[];
  readonly failedTasks: readonly string[];
}

/** The time of the day at which digests leave, and the instant of its next time. */
interface Morning {
  readonly digestAt: string;
  readonly leaves: Instant;
}

function nextMorning(): Morning {
  const soon = instantOf(Date.now() + minutesToTheDigest * 60_000);
  const digestAt = timeOf(soon);
  return { digestAt, leaves: instantAt(dateOf(soon), digestAt) };
}

async function release(change: Change, house: House, { digestAt, leaves }: Morning): Promise<() => Promise<Released>> {
  const changed = await changedBuild(...change.edits(digestAt));
  if (change.attribute !== undefined) await registered(house, change.attribute);
  await house.works(changed, today);
  await house.releases(today);
  const given = casesInEveryStage(withTasksDue);
  const cases = await house.opens(change.movesDigest === true ? given : withDigestAt(digestAt, given));
  await quiet(cases);
  const entriesBefore = await withEach(cases, entriesOf);
  const now = instantOf(Date.now());
  const views = (of: readonly CaseInTheHouse[]) => withEach(of, (each) => viewsOf(house, each, now));
  const viewsBefore = await views(cases);
  const mails = house.post.mails.length;
  const over = await house.releases(changed);
  await quiet(cases);
  const entriesThere = await withEach(cases, entriesOf);
  const isSeen = !isDeepStrictEqual(await views(cases), viewsBefore);
  const sentByTheMove = house.post.mails.slice(mails).map(({ raw }) => raw);
  if (Date.now() >= epoch(leaves)) throw new Error('the digests were due before the move was over, so this says nothing of the move');
  const besides = change.newEdition === true ? await house.opens(withDigestAt(digestAt, given.map(ofANewEdition))) : [];

  return async () => {
    const all = [...cases, ...besides];
    const openCases = all.filter(({ file }) => file.situation.stage !== 'closed').map(({ reference }) => reference);
    await until('the digests left', () => digestsOf(house, leaves).length >= openCases.length);
    await quiet(all);
    const [first] = cases;
    if (change.newFact !== undefined && first !== undefined) await tells(house, first, 'police', change.newFact, {});
    const entriesAtTheEnd = await withEach(all, entriesOf);
    await house.releases(today);
    await views(all);
    return {
      ...{ cases: cases.length, over, entriesBefore, entriesThere, sentByTheMove, isSeen, openCases, entriesAtTheEnd },
      digests: digestsOf(house, leaves),
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

/** The digests of a morning to the caseworker, once for each time that one left. */
function digestsOf({ letters }: House, leaves: Instant): string[] {
  return letters
    .filter(({ letter }) => letter.kind === 'digest' && letter.to === 'caseworker-1' && letter.day === dateOf(leaves))
    .map(({ reference, letter }) => `${reference} to ${letter.to}`)
    .sort();
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

let engine: Engine;
let today: KeptBuild;
const houses: House[] = [];

beforeAll(async () => {
  engine = await startEngine();
  today = await todaysBuild();
  for (let first = 0; first < changes.length; first += atATime) {
    const morning = nextMorning();
    const some = changes.slice(first, first + atATime).map(async (change, each) => {
      const house = await openHouse(engine, `change-${first + each + 1}`);
      houses.push(house);
      const rest = release(change, house, morning);
      results.set(
        change,
        rest.then((afterwards) => afterwards()),
      );
      results.get(change)?.catch(() => undefined);
      await rest.catch(() => undefined);
    });
    await Promise.all(some);
  }
}, 600_000);
afterAll(async () => {
  await Promise.all(houses.map((house) => house.close()));
  await engine.stop();
}, 600_000);
