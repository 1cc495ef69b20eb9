import { join } from 'node:path';
import { countOf, openCasesOn } from '../../src/releases/deployment';
import { keepBuild, type KeptBuild } from '../../src/releases/keptBuilds';
import { makeCurrent, moveCases } from '../../src/releases/move';
import { caseFile } from '../../src/workflows/messages';
import { sameRules, todaysBuild } from '../release/support/changedBuild';
import { until } from '../support/until';
import { openPostOffice, type PostOffice } from '../workflows/support/postOffice';
import { aWorkplace, type Workplace } from './workplace';

const cases = 20;

describe('a worker that is killed in the middle of a release', () => {
  it('is replaced, and the release goes on: every case goes over with its facts, and nobody gets a mail twice', async () => {
    const { client } = workplace;
    const [today, next] = [await todaysBuild(), await sameRules('the next release')];
    await keeps(today);
    const first = await workplace.works(post.url, builds);
    await makeCurrent(release(today));
    const handles = await Promise.all(Array.from({ length: cases }, workplace.opens));
    await Promise.all(handles.map(workplace.startsReflection));
    await until('everybody has their first mail', () => messageIds().size === 3 * cases);
    first.child.kill('SIGTERM');
    await first.ended;

    await keeps(next);
    const killed = await workplace.works(post.url, builds);
    const released = moveCases(release(next));
    released.catch(() => undefined);
    await until('some cases are over', async () => (await countOf(client, openCasesOn(next.build))) > 2);
    killed.child.kill('SIGKILL');
    await killed.gone;
    await workplace.works(post.url, builds);
    await released;
    expect(await countOf(client, openCasesOn(next.build))).toBe(cases);
    const files = await Promise.all(handles.map((handle) => handle.query(caseFile)));
    expect(files.map(({ entries }) => entries.map(({ type }) => type))).toEqual(handles.map(() => ['reflectionStarted']));
    expect(post.mails).toHaveLength(messageIds().size);
    expect(messageIds().size).toBe(3 * cases);
  });
});

function release({ build: target }: KeptBuild) {
  return { client: workplace.client, target, perSecond: 5, tell: () => undefined, stopping: new AbortController().signal };
}

async function keeps(build: KeptBuild): Promise<void> {
  const code = await build.code();
  await keepBuild(builds, { build: build.build, code }, { version: 'tested', date: '2026-01-01', stays: (earlier) => earlier });
}

function messageIds(): ReadonlySet<string> {
  return new Set(post.mails.map(({ messageId }) => messageId));
}

let workplace: Workplace;
let builds: string;
let post: PostOffice;
aWorkplace((made) => (workplace = made));

beforeAll(async () => {
  builds = join(workplace.directory, 'workflows');
  post = await openPostOffice();
});
afterAll(() => post.goesAway());
