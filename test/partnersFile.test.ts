import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webhookSecret } from '../src/settings/environment';
import { loadPartners } from '../src/settings/partnersFile';

describe('the file of the partners', () => {
  it('gives each partner one way to get notices: a mailbox, or a webhook with its secret', async () => {
    const { secretVariable: _, ...rest } = ind;
    expect(await loaded([iom, ind])).toEqual({ partners: [iom, { ...rest, secret: environment.IND_WEBHOOK_SECRET }] });
  });

  it.each(['https://ind.example.org:8443/notices?for=us', 'http://localhost:8080/notices', 'http://127.0.0.1:8080'])(
    'accepts %s as an address for notices',
    async (url) => {
      expect(await loaded([{ ...ind, url }])).toMatchObject({ partners: [{ url }] });
    },
  );

  it.each([
    ['plain http', 'http://ind.example.org/notices'],
    ['plain http to a host that only begins like this machine', 'http://localhost.example.org'],
    ['plain http to a host behind a name like this machine', 'http://127.0.0.1@ind.example.org'],
    ['a name and password', 'https://us:password@ind.example.org/notices'],
    ['another protocol', 'ftp://ind.example.org'],
    ['no address', 'ind.example.org/notices'],
    ['nothing', ''],
  ])('refuses %s', async (_, url) => {
    await expect(loaded([{ ...ind, url }])).rejects.toThrow(
      `PARTNERS_FILE ${path}: partners.0.url: an https address without a password in it; http for localhost and 127.0.0.1 only`,
    );
  });

  it('is refused with the faults of every partner on one line', async () => {
    const { url: _, ...withoutUrl } = ind;
    const refused = loaded([
      { ...withoutUrl, secretVariable: 'ind-secret' },
      { ...iom, url: 'https://iom.example.org' },
    ]);
    await expect(refused).rejects.toThrow(/partners\.0\.url: .*; partners\.0\.secretVariable: the name of a variable; partners\.1: .*url/);
    await expect(refused).rejects.not.toThrow(/\n/);
  });

  it('is refused if partners are repeated, share a secret, or name a variable without a secret', async () => {
    const refused = loaded([
      ind,
      { ...iom, id: 'ind' },
      { ...ind, id: 'dtv' },
      { ...ind, id: 'nidos', secretVariable: 'NO_SECRET' },
      { ...ind, id: 'receiving', secretVariable: 'SHORT_SECRET' },
    ]);
    await expect(refused).rejects.toThrow(
      `PARTNERS_FILE ${path}: ${[
        'partners.1.id: ind is listed twice',
        "partners.2.secretVariable: IND_WEBHOOK_SECRET is another partner's already",
        'partners.3.secretVariable: NO_SECRET: is required: the secret that notices to a partner are signed with',
        'partners.4.secretVariable: SHORT_SECRET: 24 to 64 random bytes in base64, after whsec_',
      ].join('; ')}`,
    );
  });
});

const iom = { id: 'iom', name: 'IOM', country: 'NL', by: 'mail', mailbox: 'returns@iom.example.org', language: 'en' };
const ind = {
  ...{ id: 'ind', name: 'IND', country: 'NL', by: 'webhook', language: 'nl' },
  ...{ url: 'https://ind.example.org/notices', secretVariable: 'IND_WEBHOOK_SECRET' },
};
const environment = { IND_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 1).toString('base64')}`, SHORT_SECRET: 'c2hvcnQ=' };

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partners-'));
  path = join(folder, 'partners.json');
});
afterEach(() => rm(folder, { recursive: true }));

async function loaded(partners: readonly object[]) {
  await writeFile(path, JSON.stringify({ partners }));
  return loadPartners(path, (variable) => webhookSecret(variable, environment));
}
