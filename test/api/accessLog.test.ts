import { randomUUID } from 'node:crypto';
import type { Notice } from '../../src/domain/state/situation';
import { until } from '../support/until';
import { everythingArrives, intake, startService, type Service } from './support/service';

describe('GET /v1/pathways/{reference}/access-log', () => {
  it('shows who looked at the case or changed it, the newest first, and nothing of what they sent', async () => {
    const reference = await service.open();
    await service.as('police-1').get(`/v1/pathways/${reference}`);
    await service.as('lawyer-1').tell(reference, { type: 'reflectionStarted' });
    await service.as('caseworker-rotterdam-1').get(`/v1/pathways/${reference}/facts`);
    const { status, body } = await service.as('supervisor-1').get(log(reference));
    expect(status).toBe(200);
    expect(body.items.map(({ did, who, outcome, status: answered }: Line) => [did, who, outcome, answered])).toEqual([
      ['timeline', 'caseworker-rotterdam-1', 'refused', 404],
      ['timeline', 'caseworker-rotterdam-1', 'asked', undefined],
      ['tell', 'lawyer-1', 'refused', 403],
      ['tell', 'lawyer-1', 'asked', undefined],
      ['read', 'police-1', 'asked', undefined],
      ['open', 'caseworker-1', 'done', undefined],
    ]);
    expect(JSON.stringify(body)).not.toMatch(/reflectionStarted|noLawfulResidence|"case"|BT-/);
    const again = await service.as('auditor-1').get(log(reference));
    expect(again.body.items[0]).toMatchObject({ did: 'accessLog', who: 'supervisor-1', outcome: 'seen', purpose: 'oversight' });
  });

  it('has pages of fifty, and begins with a day', async () => {
    const reference = await service.open();
    const reader = service.as('caseworker-1');
    await Promise.all(Array.from({ length: 60 }, () => reader.get(`/v1/pathways/${reference}`)));
    const first = (await service.as('auditor-1').get(log(reference))).body;
    const second = (await service.as('auditor-1').get(`${log(reference)}?cursor=${first.next}`)).body;
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 11, null]);
    const numbers = [...first.items, ...second.items].map(({ seq }: Line) => seq);
    expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
    expect((await service.as('auditor-1').get(`${log(reference)}?from=2199-01-01`)).body).toEqual({ items: [], next: null });
  });

  it('is refused with every fault named if its filter is malformed', async () => {
    const { status, body } = await service.as('auditor-1').get(`${log(await service.open())}?cursor=zero&from=2026-02-30`);
    expect([status, body.code, body.errors.map(({ path }: { path: string }) => path).toSorted()]).toEqual([
      400,
      'invalid-request',
      ['cursor', 'from'],
    ]);
  });

  it('is for nobody without a token, and an unknown case has none', async () => {
    expect((await service.send('GET', log('BT-7K3M-9QX2-4HTW-8'))).status).toBe(401);
    expect((await service.as('auditor-1').get(log('BT-7K3M-9QX2-4HTW-8'))).status).toBe(404);
    expect((await service.as('caseworker-1').get(log('BT-7K3M-9QX2-4HTW-8'))).status).toBe(403);
  });
});

describe('a request', () => {
  it('has no answer without its line, and is carried out once if it is sent again', async () => {
    const reference = await service.open();
    service.audit.breakDown();
    const key = randomUUID();
    const fact = { type: 'interviewHeld' };
    const answers = [
      await service.as('caseworker-1').get(`/v1/pathways/${reference}`),
      await service.as('caseworker-1').get('/v1/pathways'),
      await service.as('police-1').tell(reference, fact, key),
      await service.as('caseworker-1').post('/v1/pathways', intake()),
      await service.as('supervisor-1').get(log(reference)),
      await service.as('caseworker-1').get('/v1/pathways/BT-7K3M-9QX2-4HTW-8'),
    ];
    service.audit.recover();
    expect(answers.map(({ status, body, headers }) => [status, body.code, headers.get('Retry-After')])).toEqual(
      Array(6).fill([503, 'no-answer', '5']),
    );
    expect((await service.as('police-1').tell(reference, fact, key)).status).toBe(201);
    const { body } = await service.as('caseworker-1').get(`/v1/pathways/${reference}/facts`);
    expect(body.items.filter(({ type }: { type: string }) => type === 'interviewHeld')).toHaveLength(1);
  });

  it('whose body cannot be read leaves its lines too', async () => {
    const reference = await service.open();
    const before = service.audit.lines().length;
    await service.as('police-1').send('POST', `/v1/pathways/${reference}/facts`, { raw: '{"type": "interv' });
    expect(service.audit.lines().slice(before)).toMatchObject([
      { did: 'tell', who: 'police-1', reference, outcome: 'asked' },
      { did: 'tell', who: 'police-1', reference, outcome: 'refused', status: 400 },
    ]);
  });

  it('about no case leaves no line, but for a list', async () => {
    const before = service.audit.lines().length;
    for (const path of ['/policies', '/policies/NL-2023-05', '/openapi.json', '/health/live']) {
      expect((await service.as('caseworker-1').get(`/v1${path}`)).status).toBe(200);
    }
    await service.as('caseworker-1').get('/v1/pathways');
    expect(service.audit.lines().slice(before)).toMatchObject([{ did: 'list', who: 'caseworker-1', outcome: 'seen', rows: 0 }]);
  });

  it('has the trace of its caller, or a new one, and the id of its answer', async () => {
    const { headers } = await service.as('caseworker-1').get('/v1/pathways', { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
    expect(service.audit.lines().at(-1)).toMatchObject({ trace, request: headers.get('X-Request-Id') });
    for (const traceparent of [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${trace}-00f067aa0ba902b7-01`, 'Maria Kovacs']) {
      await service.as('caseworker-1').get('/v1/pathways', { traceparent });
      expect(service.audit.lines().at(-1)).toMatchObject({ trace: expect.stringMatching(/^(?!abcdef|0{32})[\da-f]{32}$/) as string });
    }
  });

  it('passes its trace on with the notice that it causes', async () => {
    const reference = await service.open();
    const headers = { 'Idempotency-Key': randomUUID(), traceparent: `00-${trace}-00f067aa0ba902b7-01` };
    const fact = { type: 'cooperated', form: 'reportSigned' };
    await service.as('police-1').send('POST', `/v1/pathways/${reference}/facts`, { body: fact, headers });
    await until('IND is notified', () => noticed.length > 0);
    expect(noticed).toMatchObject([{ kind: 'm55-cooperation', trace }]);
    const { body } = await service.as('police-1').get(`/v1/pathways/${reference}/facts`);
    expect(JSON.stringify(body)).not.toContain(trace);
  });

  it('with a token that does not count is counted by its address, and asks for nothing', async () => {
    const [before, lines] = [service.counted.length, service.audit.lines().length];
    await service.send('GET', '/v1/pathways', { headers: { Authorization: 'Bearer nobody' } });
    expect(service.counted.slice(before)).toEqual([{ did: 'login', from: '127.0.0.1', status: 401 }]);
    expect(service.audit.lines()).toHaveLength(lines);
  });

  it.each<[string, string[], string[], string[]]>([
    ['are counted apart', ['127.0.0.1'], ['192.0.2.1', '192.0.2.2'], ['192.0.2.1', '192.0.2.2']],
    ['are counted by the address that the proxy adds', ['127.0.0.0/8'], ['192.0.2.9, 192.0.2.1', '192.0.2.1'], ['192.0.2.1', '192.0.2.1']],
    ['leave no text of theirs in the record', ['127.0.0.1'], ['Maria Kovacs'], ['127.0.0.1']],
    ['are counted together if nobody trusts the proxy', [], ['192.0.2.1', '192.0.2.2'], ['127.0.0.1', '127.0.0.1']],
    ['are counted together if another proxy is trusted', ['10.0.0.0/8'], ['192.0.2.1', '192.0.2.2'], ['127.0.0.1', '127.0.0.1']],
  ])('with such a token, of callers behind a proxy: %s', async (_, trustedProxies, named, counted) => {
    const [before, api] = [service.counted.length, await service.anotherApi({ trustedProxies })];
    for (const address of named)
      await api.send('GET', '/v1/pathways', { headers: { Authorization: 'Bearer nobody', 'X-Forwarded-For': address } });
    expect(service.counted.slice(before)).toEqual(counted.map((from) => ({ did: 'login', from, status: 401 })));
  });
});

interface Line {
  readonly seq: number;
  readonly did: string;
  readonly who: string;
  readonly outcome: string;
  readonly status?: number;
}

const trace = 'abcdef0123456789abcdef0123456789';
const noticed: Notice[] = [];

let service: Service;
beforeAll(async () => {
  const permitApplication: typeof everythingArrives.notify.permitApplication = async ({ notice }) => {
    noticed.push(notice);
    return { id: notice.id, outcome: 'delivered' };
  };
  service = await startService({ activities: { ...everythingArrives, notify: { ...everythingArrives.notify, permitApplication } } });
});
afterAll(() => service.stop());

function log(reference: string): string {
  return `/v1/pathways/${reference}/access-log`;
}
