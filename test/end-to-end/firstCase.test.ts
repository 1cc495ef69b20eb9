import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installations, registerCompare, start, type Settings } from './service';

const root = join(__dirname, '..', '..');

describe('examples/first-case.sh', () => {
  it('opens a case, records a fact, shows a refusal and the timeline in Dutch, and previews another case; the register has it', async () => {
    await begin(start(settings)).ready();
    const { stdout } = await promisify(execFile)('sh', ['examples/first-case.sh'], { cwd: root, env: { ...process.env, ...settings } });

    const answers = stdout.split('\n').filter((line) => line.startsWith('{'));
    const [opened, started, read, refused, timeline] = answers.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(opened).toMatchObject({ reference: expect.stringMatching(/^BT(-[0-9A-Z]{4}){3}-[0-9A-Z]$/), stage: 'intake' });
    expect(started).toMatchObject({ reference: opened?.['reference'], stage: 'reflection' });
    expect(read).toMatchObject({ reference: opened?.['reference'], stage: 'reflection' });
    expect(refused).toMatchObject({ status: 409, code: 'fact-not-possible', missing: expect.arrayContaining(['rvb-form']) });
    expect(timeline).toMatchObject({ items: [{ type: 'reflectionStarted', sentence: 'Bedenktijd ingegaan.' }] });
    expect(stdout).toMatch(/\nBEGIN:VCALENDAR[\s\S]*SUMMARY/);
    expect(await begin(registerCompare(settings)).ended).toMatchObject({ code: 0, stdout: '1 case, 0 differ\n' });
  });

  let settings: Settings;
  const { begin } = installations((made) => ({ settings } = made));
});
