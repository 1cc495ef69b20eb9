import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepBuild, keptBuildsIn, readableAmong, releasesIn } from '../../src/releases/keptBuilds';
import { sameRules, todaysBuild } from '../release/support/changedBuild';

describe('a build that is kept again', () => {
  it('keeps the version and the day on which it was kept first', async () => {
    const { build, code } = await todaysBuild();
    const bundle = { build, code: await code() };
    await keepBuild(folder, bundle, { version: '0.3.0', date: '2026-11-30', stays: (earlier) => earlier });
    await keepBuild(folder, bundle, { version: '0.4.0', date: '2026-12-24', stays: (earlier) => earlier });
    expect((await releasesIn(folder)).map(({ version, date }) => [version, date])).toEqual([['0.3.0', '2026-11-30']]);
  });
});

describe('the builds of a folder that can be read', () => {
  it('leave out one whose file is damaged or missing', async () => {
    const made = await Promise.all(['whole', 'damaged', 'missing'].map(sameRules));
    for (const { build, code } of made)
      await keepBuild(folder, { build, code: await code() }, { version: '0.3.0', date: '2026-11-30', stays: (earlier) => earlier });
    const [whole, damaged, missing] = made.map(({ build }) => build);
    const kept = await keptBuildsIn(folder);
    expect(kept.map(({ build }) => build)).toEqual([missing, damaged, whole]);
    await writeFile(join(folder, `${damaged}.js.gz`), 'damaged');
    await rm(join(folder, `${missing}.js.gz`));
    expect((await readableAmong(kept)).map(({ build }) => build)).toEqual([whole]);
  });
});

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'builds-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
