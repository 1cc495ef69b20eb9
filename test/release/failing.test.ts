import { temporal } from '@temporalio/proto';
import type { KeptBuild } from '../../src/releases/keptBuilds';
import { ReleaseFailed } from '../../src/releases/move';
import { ProgressOfCases } from '../../src/releases/progress';
import { cooperation, deployment, rest } from '../../src/workflows/messages';
import { until } from '../support/until';
import { buildOf, countedOn, entriesOf, failedTasks, historyOf, sentTwice, tells, withEach, type CaseInTheHouse } from './support/cases';
import { changedBuild, sameRules, todaysBuild } from './support/changedBuild';
import { aHouseEach, quiet, type House } from './support/house';
import { casesInEveryStage, freshCases } from './support/states';

describe('a build that cannot read what a case carries', () => {
  it('is taken back by the release itself, and every case answers with all its facts', async () => {
    const cannotRead = await changedBuild([
      'async function pathway(input) {',
      "async function pathway(input) { throw new Error('this build cannot read what is carried');",
    ]);
    const cases = await begun(cannotRead);
    await expect(house.releases(cannotRead)).rejects.toThrow(ReleaseFailed);
    // Some cases had gone over: they answer as soon as the engine tries their first task again.
    await Promise.all(cases.map((each) => tells(house, each, 'supervisor', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' })));
    expect(new Set(await withEach(cases, ({ handle }) => buildOf(handle)))).toEqual(new Set([today.build]));
    expect(await withEach(cases, entriesOf)).toEqual(
      cases.map(({ file }) => [...file.entries.map(({ id, type }) => `${id} ${type}`), `fact-${file.entries.length + 1} teamChanged`]),
    );
    expect(sentTwice(house)).toEqual([]);
    // The other build is tried again by nobody, and a good one takes all.
    const good = await sameRules('a release after a bad one');
    await house.works(good, today);
    await house.releases(good);
    expect((await countedOn(house, good)).there).toBe(cases.length);
  });
});

describe('a build that fails at a later task', () => {
  it('blocks the cases that meet its mistake; a mended build of the same commands unblocks them, and then they rest on it', async () => {
    const mistaken = await changedBuild([
      'function receiveSignal(file, payload, receivedAt) {',
      "function receiveSignal(file, payload, receivedAt) { throw new Error('a mistake of this build');",
    ]);
    const cases = await begun(mistaken, freshCases(4));
    await house.releases(mistaken);
    const [blocked, ...others] = cases;
    if (blocked === undefined) throw new Error('no case was opened');
    await blocked.handle.signal(cooperation, { recordedBy: 'police-1', answer: 'cooperates', form: 'reportSigned' });
    const run = { workflowId: blocked.handle.workflowId, runId: blocked.handle.firstExecutionRunId };
    const progress = new ProgressOfCases(house.client, today.build);
    await until('the case is blocked', async () => (await progress.of(run)) === 'blocked');
    // A request to rest does not help it, and the others work.
    await blocked.handle.signal(rest);
    await Promise.all(others.map((each) => tells(house, each, 'police', 'reflectionStarted', {})));

    const mended = await sameRules('the mended build');
    await house.works(mended, mistaken, today);
    await pinned(blocked, mended);
    await until('the signal is recorded', async () => (await entriesOf(blocked)).includes('fact-1 cooperated'));
    await until('it is on the mended build', async () => (await buildOf(blocked.handle)) === mended.build);
    await notPinned(blocked);
    await house.releases(mended);
    expect(new Set(await withEach(cases, ({ handle }) => buildOf(handle)))).toEqual(new Set([mended.build]));
    expect(await withEach(cases, entriesOf)).toEqual(
      cases.map((each) => [`fact-1 ${each === blocked ? 'cooperated' : 'reflectionStarted'}`]),
    );
    expect(await failedTasks(house, others)).toEqual([]);
    await quiet(cases);
    expect(sentTwice(house)).toEqual([]);
  });
});

describe('a case that is pinned to a build by hand', () => {
  it('does not begin anew without end where another build is current', async () => {
    const other = await sameRules('another build');
    const [pinnedCase] = await begun(other, freshCases(1));
    if (pinnedCase === undefined) throw new Error('no case was opened');
    await pinned(pinnedCase, today);
    await house.makesCurrent(other);
    const facts = 5;
    for (let fact = 1; fact <= facts; fact += 1) {
      await tells(house, pinnedCase, 'supervisor', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' });
      await quiet([pinnedCase]);
    }
    const { runs } = await historyOf(house, pinnedCase);
    expect(runs).toBeLessThanOrEqual(1 + facts);
    expect(await entriesOf(pinnedCase)).toHaveLength(facts);
    await notPinned(pinnedCase);
    await house.releases(other);
    expect(await buildOf(pinnedCase.handle)).toBe(other.build);
    expect(await entriesOf(pinnedCase)).toHaveLength(facts);
  });
});

/** Cases at rest on today's build, with a worker of another build beside. */
async function begun(other: KeptBuild, given = [...freshCases(5), ...casesInEveryStage().filter(isOpen)]): Promise<CaseInTheHouse[]> {
  await house.works(other, today);
  await house.releases(today);
  const cases = await house.opens(given);
  await quiet(cases);
  return cases;
}

function isOpen({ file }: Pick<CaseInTheHouse, 'file'>): boolean {
  return file.situation.stage !== 'closed';
}

function pinned(each: CaseInTheHouse, { build }: KeptBuild): Promise<void> {
  const behavior = temporal.api.workflow.v1.VersioningOverride.PinnedOverrideBehavior.PINNED_OVERRIDE_BEHAVIOR_PINNED;
  return overridden(each, { pinned: { behavior, version: { deploymentName: deployment, buildId: build } } });
}

function notPinned(each: CaseInTheHouse): Promise<void> {
  return overridden(each, null);
}

/** As `temporal workflow update-options` does. The engine refuses a build until it has heard a worker of it on the queue. */
function overridden({ handle }: CaseInTheHouse, versioningOverride: temporal.api.workflow.v1.IVersioningOverride | null): Promise<void> {
  const { workflowService, options } = house.client;
  const asked = {
    namespace: options.namespace,
    workflowExecution: { workflowId: handle.workflowId },
    workflowExecutionOptions: { versioningOverride },
    updateMask: { paths: ['versioning_override'] },
  };
  return until('the engine knows the build', () =>
    workflowService.updateWorkflowExecutionOptions(asked).then(
      () => true,
      (error: unknown) => {
        if (String(error).includes('is not present in task queue')) return false;
        throw error;
      },
    ),
  );
}

let house: House;
let today: KeptBuild;
aHouseEach((made) => (house = made));

beforeAll(async () => {
  today = await todaysBuild();
});
