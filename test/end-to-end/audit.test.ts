import { randomUUID } from 'node:crypto';
import { socketOf } from '../../src/settings/databasePlace';
import { openStore } from '../../src/store/store';
import { installations, start, token, verifyAudit, type Settings } from './service';

describe('the record of who did what', () => {
  it('has a line of each request, holds, and its last head is in the log', async () => {
    const service = begin(start(settings));
    await service.ready();
    const bearer = (await begin(token(settings, 'supervisor-1')).ended).stdout.trim();
    const opened = await ask(bearer, 'POST', '', intake);
    const { reference } = (await opened.json()) as { reference: string };
    await ask(bearer, 'GET', `/${reference}`);
    await ask(bearer, 'GET', '/BT-7K3M-9QX2-4HTW-8');
    await ask('nobody', 'GET', `/${reference}`);
    const log = (await (await ask(bearer, 'GET', `/${reference}/access-log`)).json()) as { items: readonly { readonly did: string }[] };
    expect(log.items.map(({ did }) => did)).toEqual(['read', 'open']);
    expect(await lines()).toMatchObject([
      { did: 'open', who: 'supervisor-1', outcome: 'done' },
      { did: 'read', outcome: 'asked' },
      { did: 'read', outcome: 'asked' },
      { did: 'read', outcome: 'refused', status: 404 },
      { did: 'accessLog', outcome: 'seen' },
    ]);

    const verified = await begin(verifyAudit(settings)).ended;
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^5 lines hold; head 5:[\da-f]{64}\n$/), stderr: '' });
    const head = verified.stdout.trim().split(' ').at(-1) ?? '';
    const since = await begin(verifyAudit(settings, '--since', head)).ended;
    expect(since).toMatchObject({ code: 0, stdout: `0 lines hold; head ${head}\n` });
    const another = `5:${'0'.repeat(64)}`;
    expect(await begin(verifyAudit(settings, '--since', another)).ended).toMatchObject({
      code: 1,
      stdout: 'the chain of 5 is another one\n',
    });
    const sentence = 'npm run audit:verify takes --since SEQ:HASH, a head as it stands in the log, and nothing else\n';
    expect(await begin(verifyAudit(settings, '--since', '5')).ended).toMatchObject({ code: 1, stdout: '', stderr: sentence });

    service.child.kill('SIGINT');
    const { stderr } = await service.ended;
    // The bad token was counted, and its line is written at the end.
    expect(stderr).toMatch(/"head":"[56]:[\da-f]{64}"/);
    expect(await begin(verifyAudit(settings)).ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^no service runs on .*\n$/),
    });
  });
});

const intake = {
  indication: { observedOn: '2026-01-02', by: 'police' },
  office: 'amsterdam',
  person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' },
};

let dataDir: string;
let settings: Settings;
const { begin } = installations((made) => ({ dataDir, settings } = made));

function ask(bearer: string, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`http://127.0.0.1:${settings.API_PORT}/v1/pathways${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'Idempotency-Key': randomUUID(), 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function lines(): Promise<unknown[]> {
  const store = openStore({ socket: socketOf(dataDir) ?? '' });
  const rows = await store.audit.from(1n, 100).finally(() => store.close());
  return rows.map(({ line }) => JSON.parse(line) as unknown);
}
