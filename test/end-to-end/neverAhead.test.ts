import { setTimeout as pause } from 'node:timers/promises';
import type { Difference } from '../../src/register/differences';
import { comparedWithCases } from '../support/comparedWithCases';
import { needsPostgres, postgresNotFound, postgresPrograms } from '../support/postgresPrograms';
import { loadOn, type Load } from './load';
import { openParts, type PartName, type Parts } from './parts';

/** Worker and Temporal are killed this often. `KILLS=200` is the number of the promise, for which the suite has no time. */
const kills = Number(process.env['KILLS'] ?? 20);
const factsAtOnce = 5;
const patienceMs = 60_000 + kills * 60_000;

const programs = postgresPrograms();
if (programs === undefined && process.env[needsPostgres]) throw new Error(postgresNotFound);

(programs === undefined ? describe.skip : describe)('worker and Temporal, killed with -9 within a command', () => {
  beforeAll(async () => {
    parts = await openParts(programs ?? '');
    load = loadOn(parts);
    await load.tells(factsAtOnce, 3);
    const began = performance.now();
    await load.tells(factsAtOnce, 0);
    usuallyMs = performance.now() - began;
  }, 300_000);
  afterAll(() => parts.stop());

  it(
    'leave nothing in the register that its case does not have',
    async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        // A process that told a fact tells it again, unless it was killed too.
        const names: readonly PartName[] = kill % 2 === 0 ? ['temporal', 'worker', 'api'] : ['temporal', 'worker'];
        const telling = load.tells(factsAtOnce, kill % 4 === 0 ? 1 : 0);
        await pause(Math.random() * usuallyMs);
        await Promise.all(names.map((name) => parts.parts[name].killed()));
        await parts.parts.temporal.startedAgain();
        await Promise.all(names.filter((name) => name !== 'temporal').map((name) => parts.parts[name].startedAgain()));
        await telling;
        const found = await comparedWithCases(parts);
        const ahead = [...found].filter(([, kinds]) => kinds.some((kind) => !behind.includes(kind)));
        expect(ahead).toEqual([]);
      }
    },
    patienceMs,
  );

  it('answer no fact that was never recorded', async () => {
    const recorded = new Set((await Promise.all(load.references.map(titlesIn))).flat());
    const lost = load.sent.filter(({ body: { title } }) => title !== undefined && !recorded.has(title));
    expect(lost.filter(({ status }) => status === 201)).toEqual([]);
  });

  it(
    'leave no difference once what was not answered is sent once more',
    async () => {
      await load.repeats();
      expect(await parts.compares()).toMatchObject({ code: 0, stdout: `${load.references.length} cases, 0 differ\n` });
      const told = load.sent.flatMap(({ body: { title } }) => title ?? []);
      expect((await Promise.all(load.references.map(titlesIn))).flat().toSorted()).toEqual(told.toSorted());
    },
    patienceMs,
  );
});

/** A case may be ahead of its rows, write itself between two readings, or not answer yet. */
const behind: readonly Difference[] = ['noRow', 'factMissing', 'older', 'person', 'silent'];

let parts: Parts;
let load: Load;
/** The time that the commands of one kill take where nothing is killed. */
let usuallyMs = 0;

async function titlesIn(reference: string): Promise<readonly unknown[]> {
  const { body } = await parts.ask({ to: 'otherApi', by: 'caseworker-1', path: `/${reference}/facts` });
  return (body.items ?? []).flatMap(({ title }) => title ?? []);
}
