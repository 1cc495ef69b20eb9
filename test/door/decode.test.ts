import type { Payload } from '@temporalio/common';
import type { Browser } from '../login/support/browser';
import { onTheWire, startDoor, type Doorway } from './support/doorway';

describe('the words of a case in the Temporal UI', () => {
  it('are shown to a supervisor of the office', async () => {
    const payloads = [await door.sealed('a summary', 'BT-1'), await door.sealed('a detail', 'BT-1')];
    expect(await decode(await door.browserOf('supervisor-1'), payloads)).toEqual(['a summary', 'a detail']);
    expect(door.lines).toEqual([{ ...ofSupervisor, reference: 'BT-1', outcome: 'seen' }]);
  });

  it.each([
    ['a supervisor of another office', 'supervisor-rotterdam-1'],
    ['an auditor, who sees times and names only', 'auditor-1'],
  ])('are not shown to %s', async (_, id) => {
    expect(await decode(await door.browserOf(id), [await door.sealed('a summary', 'BT-1')])).toEqual([notYours]);
    expect(door.lines).toMatchObject([{ who: id, reference: 'BT-1', outcome: 'refused', status: 200 }]);
  });

  it('are looked at under the trace of the caller, and under the id that the answer names', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { ...ownPage, traceparent: `00-${trace}-00f067aa0ba902b7-01` };
    const body = JSON.stringify({ payloads: [onTheWire(await door.sealed('a summary', 'BT-1'))] });
    const answer = await (await door.browserOf('supervisor-1')).ask(`${door.site}/codec/decode`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    expect(door.lines).toMatchObject([{ reference: 'BT-1', outcome: 'seen', trace, request: answer.headers['x-request-id'] }]);
  });

  it('follow the case to another office', async () => {
    const words = [await door.sealed('a summary', 'BT-1')];
    const row = door.table.rows.get('BT-1');
    if (row !== undefined) door.table.rows.set('BT-1', { ...row, office: 'rotterdam' });
    expect(await decode(await door.browserOf('supervisor-1'), words)).toEqual([notYours]);
    expect(await decode(await door.browserOf('supervisor-rotterdam-1'), words)).toEqual(['a summary']);
  });

  it('are shown beside markers for all others, each in its place, with one line for each case', async () => {
    const payloads = [
      await door.sealed('theirs', 'BT-2'),
      await door.sealed('ours', 'BT-1'),
      { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"plain"') },
      await door.sealed('of no case'),
      await door.sealed('ours too', 'BT-1'),
    ];
    const unknown = { ...payloads[1], metadata: { ...payloads[1]?.metadata, 'encryption-key-id': Buffer.alloc(16) } };
    const damaged = { ...payloads[1], data: Buffer.from('nonsense') };
    expect(await decode(await door.browserOf('supervisor-1'), [...payloads, unknown, damaged])).toEqual([
      notYours,
      'ours',
      { unreadable: 'not-encrypted' },
      notYours,
      'ours too',
      { unreadable: 'no-key' },
      { unreadable: 'damaged' },
    ]);
    expect(door.lines.toSorted((one, other) => String(one.reference).localeCompare(String(other.reference)))).toEqual([
      { ...ofSupervisor, reference: 'BT-1', outcome: 'seen' },
      { ...ofSupervisor, reference: 'BT-2', outcome: 'refused', status: 200 },
    ]);
    expect(new Set(door.lines.map(({ request }) => request)).size).toBe(1);
  });

  it('are not shown once the row of the key is gone, even while the key is in memory', async () => {
    const payloads = [await door.sealed('a summary', 'BT-1')];
    door.table.rows.delete('BT-1');
    expect(await decode(await door.browserOf('supervisor-1'), payloads)).toEqual([{ unreadable: 'no-key' }]);
  });

  it('are not shown without a line about the look, nor while the database is away', async () => {
    const [browser, payloads] = [await door.browserOf('supervisor-1'), [await door.sealed('a summary', 'BT-1')]];
    door.state.linesAreLost = true;
    expect(await ask(browser, payloads)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    door.state.linesAreLost = false;
    door.state.storeIsAway = true;
    const answer = await ask(browser, payloads);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(answer.text).not.toContain('summary');
    door.state.storeIsAway = false;
    expect(await decode(browser, payloads)).toEqual(['a summary']);
  });

  it('are shown 120 times a minute to each person', async () => {
    const browser = await door.browserOf('supervisor-1');
    for (let times = 0; times < 120; times += 1) expect((await ask(browser, [])).status).toBe(200);
    const refused = await ask(browser, []);
    expect(refused).toMatchObject({ status: 429, text: expect.stringContaining('too-many') });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(door.counted).toEqual([{ did: 'call', who: 'supervisor-1', status: 429 }]);
    expect((await ask(await door.browserOf('supervisor-rotterdam-1'), [])).status).toBe(200);
  });
});

describe('the endpoint that decodes', () => {
  it.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['another site in an old browser', { Origin: 'https://evil.example' }, 403],
    ['nowhere, with the cookie of a person', {}, 403],
    ['its own page in an old browser', { Origin: 'own' }, 200],
  ])('answers no page but its own, and no page of others may read it: %s', async (_, headers: Record<string, string>, status) => {
    const browser = await door.browserOf('supervisor-1');
    const from = headers['Origin'] === 'own' ? { Origin: door.site } : headers;
    const answer = await browser.ask(`${door.site}/codec/decode`, { method: 'POST', headers: from, body: '{"payloads":[]}' });
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('answers no preflight', async () => {
    const headers = { 'Access-Control-Request-Method': 'POST', Origin: 'https://evil.example' };
    const answer = await (await door.browserOf('supervisor-1')).ask(`${door.site}/codec/decode`, { method: 'OPTIONS', headers });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([405, undefined]);
  });

  it('takes a bearer token in place of a session', async () => {
    const payloads = [await door.sealed('a summary', 'BT-1')];
    const answer = await withToken(await door.tokenOf('supervisor-1'), payloads);
    expect(words(answer.text)).toEqual(['a summary']);
    expect(door.lines).toMatchObject([{ who: 'supervisor-1', reference: 'BT-1', outcome: 'seen' }]);
  });

  it.each(['police-1', 'caseworker-1', 'ind-1', 'iom-1', 'rapporteur-1'])('refuses the token of %s, and leaves a line', async (id) => {
    const answer = await withToken(await door.tokenOf(id), [await door.sealed('a summary', 'BT-1')]);
    expect(answer).toMatchObject({ status: 403, text: expect.not.stringContaining('summary') });
    expect(door.lines).toMatchObject([{ did: 'decode', who: id, outcome: 'refused', status: 403 }]);
  });

  it.each([
    ['none', undefined],
    ['one that is none', 'nonsense'],
  ])('refuses everybody without a login, and a token: %s', async (_, token) => {
    const answer = await withToken(token, [await door.sealed('a summary', 'BT-1')]);
    expect(answer.status).toBe(401);
    expect(door.lines).toEqual([]);
    expect(door.counted).toEqual(token === undefined ? [] : [{ did: 'login', from: '127.0.0.1', status: 401 }]);
  });

  it.each<[string, string[], string[]]>([
    ['apart behind a trusted proxy', ['127.0.0.1'], ['192.0.2.1', '192.0.2.2']],
    ['together if nobody trusts the proxy', [], ['127.0.0.1', '127.0.0.1']],
  ])('counts the bad tokens of two callers %s', async (_, trustedProxies, counted) => {
    const beside = await startDoor(nowhere, trustedProxies);
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      const headers = { Authorization: 'Bearer nonsense', 'X-Forwarded-For': address };
      await beside.browser().ask(`${beside.site}/codec/decode`, { method: 'POST', headers, body: '{"payloads":[]}' });
    }
    await beside.stop();
    expect(beside.counted).toEqual(counted.map((from) => ({ did: 'login', from, status: 401 })));
  });

  it('encodes nothing, but answers the empty list of the command line', async () => {
    const browser = await door.browserOf('supervisor-1');
    expect(await ask(browser, [], 'encode')).toMatchObject({ status: 200, text: '{"payloads":[]}' });
    expect((await ask(browser, [await door.sealed('a word', 'BT-1')], 'encode')).status).toBe(403);
  });

  it.each([
    ['not JSON', '{', 400],
    ['no list', '{"payloads":1}', 400],
    ['a list of something else', '{"payloads":[1,null]}', 400],
    ['more than it can be', JSON.stringify({ payloads: [{ data: 'x'.repeat(9_000_000) }] }), 413],
  ])('gives a clear error for %s', async (_, body, status) => {
    const browser = await door.browserOf('supervisor-1');
    const answer = await browser.ask(`${door.site}/codec/decode`, { method: 'POST', headers: ownPage, body });
    expect(answer.status).toBe(status);
  });
});

/** Nothing here asks the Web UI. */
const nowhere = new URL('http://127.0.0.1:9');
const notYours = { unreadable: 'not-yours' };
const ownPage = { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' };
const ofSupervisor = {
  did: 'decode',
  who: 'supervisor-1',
  roles: ['supervisor'],
  office: 'amsterdam',
  partner: undefined,
  purpose: 'oversight',
  request: expect.any(String),
  trace: expect.stringMatching(/^[\da-f]{32}$/),
};

let door: Doorway;
beforeEach(async () => {
  door = await startDoor(nowhere);
  await door.keys.make('BT-1', 'amsterdam');
  await door.keys.make('BT-2', 'rotterdam');
});
afterEach(async () => {
  expect(door.logged).toEqual([]);
  await door.stop();
});

function ask(browser: Browser, payloads: readonly Payload[], verb = 'decode') {
  const body = JSON.stringify({ payloads: payloads.map(onTheWire) });
  return browser.ask(`${door.site}/codec/${verb}?preserveStorageRefs=true`, { method: 'POST', headers: ownPage, body });
}

async function decode(browser: Browser, payloads: readonly Payload[]): Promise<unknown[]> {
  const answer = await ask(browser, payloads);
  expect(answer.status).toBe(200);
  return words(answer.text);
}

/** As `temporal --codec-endpoint` asks. */
function withToken(token: string | undefined, payloads: readonly Payload[]) {
  const body = JSON.stringify({ payloads: payloads.map(onTheWire) });
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return door.browser().ask(`${door.site}/codec/decode`, { method: 'POST', headers, body });
}

function words(body: string): unknown[] {
  const { payloads } = JSON.parse(body) as { payloads: { data: string }[] };
  return payloads.map(({ data }) => JSON.parse(Buffer.from(data, 'base64').toString()));
}
