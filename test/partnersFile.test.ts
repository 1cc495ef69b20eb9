import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPartners } from '../src/partnersFile';

describe('the file of the partners', () => {
  it('names where each partner is told by mail', async () => {
    await written(ind);
    expect(loadPartners(path)).toEqual({ partners: [ind] });
  });

  it('is refused where a partner is to be told by a webhook, rather than leave the partner untold', async () => {
    const { mailbox: _, ...rest } = ind;
    await written({ ...rest, by: 'webhook', url: 'https://ind.example.org/notices', secretVariable: 'IND_WEBHOOK_SECRET' });
    expect(() => loadPartners(path)).toThrow(`PARTNERS_FILE ${path}: partners.0.by: ind: webhooks cannot be sent yet, give a mailbox`);
  });
});

const ind = { id: 'ind', name: 'IND', country: 'NL', by: 'mail', mailbox: 'notices@ind.example.org', language: 'nl' };

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partners-'));
  path = join(folder, 'partners.json');
});
afterEach(() => rm(folder, { recursive: true }));

function written(...partners: readonly object[]): Promise<void> {
  return writeFile(path, JSON.stringify({ partners }));
}
