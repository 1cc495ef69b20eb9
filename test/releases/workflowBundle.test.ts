import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { keptBuildsIn } from '../../src/releases/keptBuilds';
import { copyOfTheProject, type Copy } from '../release/support/copyOfTheProject';
import { testedBuilds } from '../support/builds';

describe('the bundle of the workflows', () => {
  it('has the same bytes wherever it is made, so its build has one name', async () => {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/commands/keepBundle.ts'], { cwd: copy.folder });
    const [[here], [there]] = await Promise.all([testedBuilds(), keptBuildsIn(join(copy.folder, 'workflows'))]);
    expect(there.build).toBe(here.build);
    expect((await there.code()) === (await here.code())).toBe(true);
  });

  it('has no path of the folder in which it was made', async () => {
    const [there] = await keptBuildsIn(join(copy.folder, 'workflows'));
    expect(await there.code()).not.toContain(copy.folder);
  });
});

let copy: Copy;

beforeAll(async () => {
  copy = await copyOfTheProject();
});
afterAll(() => copy.remove());
