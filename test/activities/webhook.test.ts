import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { HTTP, type CloudEvent } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import type { Log } from '../../src/activities/mailer';
import type { NotifiedPartner } from '../../src/activities/notifyPartner';
import { activitiesAt, closeMailers, m55, reference, referral } from './given';
import { goneReceiver, startNoticeReceiver, status, type Answering, type NoticeReceiver, type ReceivedNotice } from './noticeReceiver';

describe('a notice to a partner by webhook', () => {
  it('announces the permit application to IND with reference, kind, date and link', async () => {
    const { notify } = await given();
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'delivered' });
    expect(receiver.notices).toHaveLength(1);
    expect(JSON.parse(theNotice().body)).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^[0-9a-f]{40}$/),
      type: 'org.example.pathways.notice.m55-cooperation',
      source: 'https://cases.example.org',
      subject: reference,
      datacontenttype: 'application/json',
      data: {
        reference,
        kind: 'm55-cooperation',
        date: '2027-12-05',
        link: `https://cases.example.org/v1/pathways/${reference}`,
      },
    });
  });

  it('is a valid event for the library of CloudEvents', async () => {
    await (await given()).notify('iomReturn', referral);
    const { headers, body } = theNotice();
    const event = HTTP.toEvent({ headers, body }) as CloudEvent<unknown>;
    expect(event.validate()).toBe(true);
    expect(event).toMatchObject({ type: 'org.example.pathways.notice.return-referral', subject: reference });
  });

  it("passes the receiver's signature check, and carries the time of this machine, whatever the time of the case", async () => {
    await (await given()).notify('permitApplication', m55);
    const { headers, body } = theNotice();
    expect(new Webhook(secret).verify(body, signatureIn(headers))).toMatchObject({ subject: reference });
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(300);
  });

  it.each<[string, (notice: ReceivedNotice) => unknown]>([
    ['who has another secret', ({ headers, body }) => new Webhook(anotherSecret).verify(body, signatureIn(headers))],
    ['whom an altered notice reaches', ({ headers, body }) => verified(signatureIn(headers), body.replace('m55-cooperation', 'departed'))],
    ['whom it reaches under another id', ({ headers, body }) => verified({ ...signatureIn(headers), 'webhook-id': 'another' }, body)],
    [
      'whom it reaches under another hour',
      ({ headers, body }) => verified({ ...signatureIn(headers), 'webhook-timestamp': aMinuteAgo() }, body),
    ],
  ])('is rejected by a receiver %s', async (_, verify) => {
    await (await given()).notify('permitApplication', m55);
    expect(() => verify(theNotice())).toThrow('No matching signature found');
  });

  it('has the same id at each try, in the event and beside the signature, and no other notice has it', async () => {
    const { notify } = await given(status(503));
    for (const notice of [m55, m55, { ...m55, id: 'ind/m55-cooperation/fact-9' }]) await notify('permitApplication', notice);
    const [first, second, third] = receiver.notices.map(({ headers, body }) => [headers['webhook-id'], JSON.parse(body).id]);
    expect(first?.[0]).toBe(first?.[1]);
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
    expect(receiver.notices[1]?.body).toBe(receiver.notices[0]?.body);
  });

  it('carries the trace of the request that caused it, each try as a step of its own; without one, no trace', async () => {
    const { notify } = await given(status(503));
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    for (const notice of [{ ...m55, trace }, { ...m55, trace }, m55]) await notify('permitApplication', notice);
    const [first, second, third] = receiver.notices.map(({ headers }) => headers['traceparent']);
    for (const traceparent of [first, second]) expect(traceparent).toMatch(new RegExp(`^00-${trace}-(?!0{16})[\\da-f]{16}-01$`));
    expect(second).not.toBe(first);
    expect(third).toBeUndefined();
  });

  it("is reported to the sender's own record only after the receiver has accepted it", async () => {
    const notified: NotifiedPartner[] = [];
    const { notify } = await given((answer, attempt) => status(attempt === 1 ? 503 : 200)(answer, attempt), {
      onNotified: (each) => notified.push(each),
    });
    await notify('permitApplication', m55);
    expect(notified).toEqual([]);
    await notify('permitApplication', m55);
    expect(notified).toEqual([{ reference, notice: m55, messageId: theNotice().headers['webhook-id'], at: '2027-12-06T08:00:00Z' }]);
  });
});

describe('an answer to a notice', () => {
  it('with any status of success means delivered', async () => {
    expect(await outcomes(statuses(200, 299))).toEqual(new Set(['delivered']));
  });

  it('that the address is gone or the notice unreadable means refused for good', async () => {
    expect(await outcomes(neverTaken)).toEqual(new Set(['refused']));
  });

  it('with any other status makes the service retry, since an address or a secret can be corrected', async () => {
    expect(await outcomes(statuses(300, 599).filter((code) => !neverTaken.includes(code)))).toEqual(new Set(['failed']));
  });

  it.each([301, 302, 303, 307, 308])('that redirects with %i is not followed', async (code) => {
    const elsewhere = await startNoticeReceiver();
    const { notify } = await given((answer) => answer.writeHead(code, { Location: elsewhere.url }).end());
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'failed' });
    expect(elsewhere.notices).toEqual([]);
    await elsewhere.stop();
  });

  it('counts by its status alone, and the service does not wait for its body', async () => {
    let hungUp: Promise<unknown> = Promise.resolve();
    const { notify } = await given((answer) => {
      answer.writeHead(200);
      // The body never ends.
      const more = setInterval(() => answer.write('x'.repeat(100_000)), 10);
      hungUp = once(answer, 'close').finally(() => clearInterval(more));
    });
    expect(await notify('permitApplication', m55)).toMatchObject({ outcome: 'delivered' });
    await hungUp;
  });
});

describe('a receiver that cannot be reached', () => {
  it.each<[string, Answering]>([
    ['hangs up without an answer', (answer) => answer.destroy()],
    ['speaks something else than HTTP', (answer) => answer.socket?.end('220 mail.example.org ready\r\n')],
  ])('causes a temporary fault if it %s, and then the notice arrives', async (_, answering) => {
    const { notify } = await given((answer, attempt) => (attempt === 1 ? answering : status(202))(answer, attempt));
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'failed' });
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'delivered' });
  });

  it.each<[string, () => Promise<string>]>([
    ['is gone', goneReceiver],
    ['has a name that nobody knows', async () => 'https://nobody.invalid/notices'],
    ['speaks no TLS', async () => (await receiving()).replace('http:', 'https:')],
  ])('causes a temporary fault if it %s', async (_, url) => {
    const { notify } = activitiesOf(await url());
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'failed' });
  });

  it('causes a temporary fault if TLS never starts, since the notice has not left', async () => {
    const silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { notify } = activitiesOf(`https://127.0.0.1:${(silent.address() as AddressInfo).port}/notices`);
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'failed' });
    silent.close();
  });
});

describe('a receiver that has the notice and does not answer', () => {
  it('gets the time that Standard Webhooks asks for, and then the notice is perhaps delivered', async () => {
    const lines: object[] = [];
    const { notify } = await given(() => undefined, { log: logTo((fields, message) => lines.push({ ...fields, message })) });
    const began = Date.now();
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'perhaps' });
    expect(Date.now() - began).toBeGreaterThan(29_000);
    expect(lines).toMatchObject([{ code: 'ETIMEDOUT', message: 'a notice was perhaps delivered' }]);
  });

  it('has accepted the notice if it says so after twelve seconds', async () => {
    const { notify } = await given((answer) => void pause(12_000).then(() => status(200)(answer, 1)));
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'delivered' });
  });

  it('gets no more time when the worker has to stop', async () => {
    const lines: object[] = [];
    const { notify, stop } = await given(() => stop(), { log: logTo((fields) => lines.push(fields)) });
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'perhaps' });
    expect(lines).toMatchObject([{ code: 'ABORT_ERR' }]);
  });
});

describe('a receiver that asks for a wait before the next try', () => {
  it.each<[string, string | undefined]>([
    ['3600', 'PT60M'],
    ['61', 'PT2M'],
    ['31536000', 'PT1440M'],
    ['0', undefined],
    ['-5', undefined],
    ['soon', undefined],
    ['Fri, 31 Dec 1999 23:59:59 GMT', undefined],
    ['Fri, 31 Dec 2126 23:59:59 GMT', 'PT1440M'],
  ])('with Retry-After: %s gets that wait, up to one day', async (retryAfter, askedToWait) => {
    const { notify } = await given((answer) => answer.writeHead(429, { 'Retry-After': retryAfter }).end());
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'failed', askedToWait });
  });

  it('with a date gets that wait by the clock of this machine, whatever its status', async () => {
    for (const code of [301, 404, 429, 503]) {
      const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
      const { notify } = await given((answer) => answer.writeHead(code, { 'Retry-After': inAnHour }).end());
      expect(await notify('permitApplication', m55)).toMatchObject({
        outcome: 'failed',
        askedToWait: expect.stringMatching(/^PT(59|60)M$/),
      });
    }
  });
});

describe('the log of a notice that was not delivered', () => {
  it.each<[string, Answering, string]>([
    ['a refusal', (answer) => answer.writeHead(403, { 'X-Why': 'CANARY-HEADER' }).end('CANARY-ANSWER'), '"responseCode":403'],
    ['an answer to try again', (answer) => answer.writeHead(503).end('CANARY-ANSWER'), '"responseCode":503'],
    ['a broken connection', (answer) => answer.destroy(), '"code":"ECONNRESET"'],
  ])('names the case, the host and the code of %s, and nothing else about the case', async (_, answering, code) => {
    const lines: string[] = [];
    const log = logTo((fields, message) => lines.push(JSON.stringify({ ...fields, message })));
    await (await given(answering, { log }, '?token=CANARY-TOKEN')).notify('permitApplication', m55);
    expect(lines).toEqual([
      `{"reference":"${reference}","to":"${new URL(receiver.url).origin}/***",${code},"message":"a notice was not delivered"}`,
    ]);
  });
});

/** A log that makes the test fail if the server refuses us. */
function logTo(warn: Log['warn']): Log {
  return { warn, error: (fields) => expect(fields).toBeUndefined() };
}

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const anotherSecret = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

let receiver: NoticeReceiver;
const receivers: NoticeReceiver[] = [];
afterEach(async () => {
  closeMailers();
  for (const each of receivers.splice(0)) await each.stop();
});

async function receiving(answering?: Answering): Promise<string> {
  receiver = await startNoticeReceiver(answering);
  receivers.push(receiver);
  return receiver.url;
}

type Settings = Partial<Parameters<typeof activitiesAt>[0]>;

async function given(answering?: Answering, settings: Settings = {}, query = '') {
  return activitiesOf(`${await receiving(answering)}${query}`, settings);
}

/** No mailbox exists here, so a mail would be a fault. */
function activitiesOf(url: string, settings: Settings = {}) {
  const webhook = { by: 'webhook', url, secret } as const;
  const partners = { partners: (['ind', 'iom', 'dtv', 'nidos'] as const).map((id) => ({ ...webhook, id })) };
  return activitiesAt({ partners, smtpUrl: 'smtp://127.0.0.1:9', ...settings });
}

/** The outcomes of notices that get these statuses as answers. */
async function outcomes(codes: readonly number[]): Promise<Set<string>> {
  const { notify } = await given((answer, attempt) => status(codes[attempt - 1] ?? 500)(answer, attempt));
  const all = new Set<string>();
  for (const before of codes.keys()) {
    all.add((await notify('permitApplication', m55)).outcome);
    expect(receiver.notices).toHaveLength(before + 1);
  }
  return all;
}

const neverTaken = [400, 410, 413, 415, 422];

function statuses(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function theNotice(): ReceivedNotice {
  const last = receiver.notices.at(-1);
  if (last === undefined) throw new Error('nothing arrived');
  return last;
}

function verified(signature: Record<string, string>, body: string): unknown {
  return new Webhook(secret).verify(body, signature);
}

function signatureIn(headers: ReceivedNotice['headers']): Record<string, string> {
  return Object.fromEntries(['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name])]));
}

function aMinuteAgo(): string {
  return String(Math.floor(Date.now() / 1000) - 60);
}
