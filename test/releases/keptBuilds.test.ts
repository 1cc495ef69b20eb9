import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepBuild, releasesIn } from '../../src/releases/keptBuilds';
import { todaysBuild } from '../release/support/changedBuild';

describe('a build that is kept again', () => {
  it('keeps the version and the day on which it was kept first', async () => {
    const { build, code } = await todaysBuild();
    const bundle = { build, code: await code() };
    await keepBuild(folder, bundle, { version: '0.3.0', date: '2026-11-30', stays: (earlier) => earlier });
    await keepBuild(folder, bundle, { version: '0.4.0', date: '2026-12-24', stays: (earlier) => earlier });
    expect((await releasesIn(folder)).map(({ version, date }) => [version, date])).toEqual([['0.3.0', '2026-11-30']]);
  });
});

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'builds-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
