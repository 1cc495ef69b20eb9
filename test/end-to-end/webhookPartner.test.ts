import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { startNoticeReceiver, type NoticeReceiver } from '../activities/noticeReceiver';
import { installations, start, startWorker, token, type Settings } from './service';
import { until } from '../support/until';

describe('a partner with a webhook', () => {
  it('gets a notice with a valid signature when the person cooperates', async () => {
    const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
    await begin(start({ ...settings, PARTNERS_FILE: partnersFile, IND_WEBHOOK_SECRET: secret })).ready();
    const reference = await cooperating();
    await until('IND has its notice', () => ind.notices.length > 0);

    expect(ind.notices).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = ind.notices;
    const event = new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(event).toMatchObject({ subject: reference, source: `http://localhost:${settings.API_PORT}`, data: { kind: 'm55-cooperation' } });
  });

  it.each([
    ['npm start', start, undefined, 'is required: the secret that notices to a partner are signed with'],
    ['npm run start:worker', startWorker, 'c2hvcnQ=', '24 to 64 random bytes in base64, after whsec_'],
  ])('keeps %s from starting without a good secret, with one line that names its variable', async (_, command, secret = '', fault) => {
    const ended = await begin(command({ ...production, ...settings, PARTNERS_FILE: partnersFile, IND_WEBHOOK_SECRET: secret })).ended;
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `PARTNERS_FILE ${partnersFile}: partners.0.secretVariable: IND_WEBHOOK_SECRET: ${fault}\n`,
    });
  });
});

const production = {
  TEMPORAL_ADDRESS: '127.0.0.1:1',
  TEMPORAL_NAMESPACE: 'default',
  DATABASE_URL: 'postgres://api@localhost/pathways',
  MASTER_KEYS: Buffer.alloc(32, 2).toString('base64'),
  SYSTEM_KEY: Buffer.alloc(32, 1).toString('base64'),
  STAFF_FILE: 'src/embedded/demo/staff.json',
  PUBLIC_URL: 'https://cases.example.org',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'pathways@example.org',
};

/** Opens a case in which the person cooperates on the first day. Returns its reference. */
async function cooperating(): Promise<string> {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
  const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'XX' };
  const { reference } = await told('', { indication: { observedOn: today, by: 'police' }, office: 'amsterdam', person });
  expect(await told(`/${reference ?? ''}/facts`, { type: 'cooperated', form: 'reportSigned' })).toMatchObject({
    stage: 'permitApplication',
  });
  return reference ?? '';
}

async function told(path: string, body: object): Promise<Record<string, string>> {
  const bearer = (await begin(token(settings, 'police-1')).ended).stdout.trim();
  const answer = await fetch(`http://localhost:${settings.API_PORT}/v1/pathways${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${bearer}`, 'Idempotency-Key': `once${path}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, string>;
}

let settings: Settings;
let dataDir: string;
let partnersFile: string;
let ind: NoticeReceiver;
const { begin } = installations((made) => ({ settings, dataDir } = made));

beforeEach(async () => {
  ind = await startNoticeReceiver();
  partnersFile = join(dataDir, 'partners.json');
  const webhook = { by: 'webhook', url: ind.url, secretVariable: 'IND_WEBHOOK_SECRET' };
  await writeFile(partnersFile, JSON.stringify({ partners: [{ id: 'ind', name: 'IND', country: 'NL', language: 'nl', ...webhook }] }));
});
afterEach(() => ind.stop());
