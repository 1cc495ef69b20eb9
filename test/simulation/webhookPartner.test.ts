import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { daysAfter, instantAt } from '../../src/domain/basics/calendar';
import { startNoticeReceiver } from '../activities/noticeReceiver';
import { inDays } from '../support/scenarios';

describe('a partner with a webhook', () => {
  it('gets a notice in a simulation like a partner by mail, without its secret, and nothing leaves the machine', async () => {
    const real = await startNoticeReceiver();
    const start = inDays(2);
    const ind = {
      id: 'ind',
      name: 'IND',
      country: 'NL',
      by: 'webhook',
      url: real.url,
      secretVariable: 'IND_WEBHOOK_SECRET',
      language: 'nl',
    };
    const printed = await simulated(cooperatesOn(start), { partners: [ind] });
    await real.stop();

    expect(printed.filter(({ kind }) => kind === 'notice')).toEqual([
      { at: instantAt(daysAfter(start, 1), '14:30'), kind: 'notice', partner: 'ind', notice: 'm55-cooperation' },
    ]);
    expect(printed.at(-1)).toMatchObject({ kind: 'end', stage: 'permitApplication' });
    expect(real.notices).toEqual([]);
  });
});

function cooperatesOn(startOn: string): object {
  return {
    name: 'an invented case',
    startOn,
    intake: { office: 'amsterdam', person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' } },
    facts: [
      { at: '+0T10:00', by: 'police-1', type: 'reflectionStarted' },
      { at: '+1T14:30', by: 'police-1', type: 'cooperated', form: 'reportSigned' },
    ],
    until: '+1T15:00',
  };
}

/** The output of `npm run simulate -- --json` with this PARTNERS_FILE. */
async function simulated(scenario: object, partners: object): Promise<Record<string, unknown>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'simulate-'));
  try {
    const [scenarioFile, partnersFile] = [join(folder, 'scenario.json'), join(folder, 'partners.json')];
    await writeFile(scenarioFile, JSON.stringify(scenario));
    await writeFile(partnersFile, JSON.stringify(partners));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'src/commands/simulate.ts', '--json', scenarioFile],
      {
        cwd: join(__dirname, '..', '..'),
        env: { ...process.env, PARTNERS_FILE: partnersFile, IND_WEBHOOK_SECRET: '' },
      },
    );
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  } finally {
    await rm(folder, { recursive: true });
  }
}
