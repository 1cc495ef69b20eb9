import { setTimeout as pause } from 'node:timers/promises';
import type { KeptBuild } from '../../src/releases/keptBuilds';
import { buildOf, entriesOf, failedTasks, sentTwice, tells, withEach, type CaseInTheHouse } from './support/cases';
import { sameRules, todaysBuild } from './support/changedBuild';
import { startEngine, type Engine } from './support/engine';
import { openHouse, quiet, type House } from './support/house';
import { casesInEveryStage } from './support/states';

/** The number of sleeping cases. `CASES=300` is the number of the promise, for which the suite has no time. */
const number = Number(process.env['CASES'] ?? 50);
const toldEachMs = 200;

describe('a release over many sleeping cases', () => {
  it('takes all over and back while facts are told: none is lost, nothing is sent twice, no task fails', async () => {
    const [today, next] = [await todaysBuild(), await sameRules('the next release')];
    await house.works(next, today);
    await house.releases(today);
    const stages = casesInEveryStage().filter(({ file }) => file.situation.stage !== 'closed');
    const cases = await house.opens(
      Array.from({ length: number }, (_, each) => stages[each % stages.length]).flatMap((each) => each ?? []),
    );
    await quiet(cases);
    const mails = house.post.mails.length;
    const seconds = { over: await whileTold(cases, next), back: await whileTold(cases, today) };
    const told = cases.map(({ file, reference }) => file.entries.length + (facts.get(reference) ?? 0));
    expect((await withEach(cases, entriesOf)).map((entries) => entries.length)).toEqual(told);
    expect(house.post.mails.length).toBe(mails);
    expect(sentTwice(house)).toEqual([]);
    expect(await failedTasks(house, cases)).toEqual([]);
    if (process.env['CASES'] !== undefined)
      process.stdout.write(`${JSON.stringify({ cases: number, ...seconds, facts: sum(facts.values()), slowestFactMs: slowest })}\n`);
  });
});

/** The facts that were told of each case, by its reference. */
const facts = new Map<string, number>();
let slowest = 0;

/** Releases a build while facts are told. Returns the seconds until every case had done a task on it. */
async function whileTold(cases: readonly CaseInTheHouse[], build: KeptBuild): Promise<number> {
  const over = new AbortController();
  const begun = Date.now();
  const telling = tellUntil(over.signal, cases);
  await house.releases(build).finally(() => over.abort());
  const seconds = (Date.now() - begun) / 1_000;
  await telling;
  expect(new Set(await withEach(cases, ({ handle }) => buildOf(handle)))).toEqual(new Set([build.build]));
  return seconds;
}

/** Tells a fact of one case after the other. A fact that brings no mail: the supervisor names a lawyer. */
async function tellUntil(over: AbortSignal, cases: readonly CaseInTheHouse[]): Promise<void> {
  const told: Promise<void>[] = [];
  for (let next = 0; !over.aborted; next += 1) {
    const each = cases[next % cases.length];
    if (each !== undefined) told.push(tellOne(each));
    await pause(toldEachMs);
  }
  await Promise.all(told);
}

async function tellOne(each: CaseInTheHouse): Promise<void> {
  const begun = Date.now();
  await tells(house, each, 'supervisor', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' });
  facts.set(each.reference, (facts.get(each.reference) ?? 0) + 1);
  slowest = Math.max(slowest, Date.now() - begun);
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, each) => total + each, 0);
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
