import { createMailer, type Mail, type Mailer, type Sending } from '../../src/activities/mailer';
import { patience, type Patience } from '../../src/activities/patience';
import { after, hangsUp, nothing, startScriptedServer, trickling, type ScriptedServer, type Step, type Says } from './scriptedServer';

describe('the mailer waits for a mail server', () => {
  it('as long as RFC 5321 asks, and a little less if the server is silent', () => {
    const minutes = (milliseconds: number) => milliseconds / 60_000;
    expect(minutes(patience.greeting)).toBeGreaterThanOrEqual(5);
    // RFC 5321 asks for this time only for the answer to the end of the data. Every other command gets less.
    expect(minutes(patience.silence)).toBeGreaterThanOrEqual(10);
    // The greeting, MAIL and RCPT; then DATA, one block of data, and the answer.
    expect(minutes(patience.untilData)).toBeGreaterThanOrEqual(5 + 5 + 5);
    expect(minutes(patience.data)).toBeGreaterThanOrEqual(3 + 10);
  });

  it.each<[string, Partial<Record<Step, Says>>]>([
    ['scans a mail before it answers', { end: after(700, '250 2.0.0 queued') }],
    ['greets late', { greeting: after(700, '220 mx ESMTP') }],
    [
      'greets in two halves',
      {
        greeting: (client) => {
          client.write('220-wait\r\n');
          setTimeout(() => client.write('220 mx ESMTP\r\n'), 700);
        },
      },
    ],
    ['answers each command late', { EHLO: after(400, '250 mx'), MAIL: after(400, '250 ok'), RCPT: after(400, '250 ok') }],
    ['asks for the data late', { DATA: after(700, '354 go on') }],
  ])('that %s, and delivers the mail once', async (_, says) => {
    // The server's delays are longer than the limit for a connection, which must not apply to later steps.
    const { send, mails } = await given(says, { connection: 300 });
    expect(await send()).toBe('delivered');
    expect(mails).toHaveLength(1);
  });
});

describe('a mail', () => {
  it.each<[string, Partial<Record<Step, Says>>, Partial<Patience>]>([
    ['never greets', { greeting: nothing }, { greeting: 200 }],
    ['begins to greet and never ends', { greeting: trickling('220-wait') }, { greeting: 200 }],
    ['hangs up instead of a greeting', { greeting: hangsUp }, {}],
    ['says nothing to the sender', { MAIL: nothing }, { silence: 200 }],
    ['says nothing to the recipient', { RCPT: nothing }, { silence: 200 }],
    ['trickles before it has asked for the data', { RCPT: trickling('250-wait') }, { untilData: 300 }],
    ['never asks for the data', { DATA: nothing }, { silence: 200 }],
    ['hangs up instead of asking for the data', { DATA: hangsUp }, {}],
    ['is too busy for the data', { DATA: '451 4.3.0 later' }, {}],
    ['is too busy after the data', { end: '451 4.3.0 later' }, {}],
    ['shuts down after the data, and says so', { end: '421 4.3.2 shutting down' }, {}],
    ['says that it failed, and hangs up halfway', { end: (client) => client.end('451 4.3.0 later') }, {}],
  ])('to a server that %s was not delivered and is safe to retry', async (_, says, waits) => {
    expect(await (await given(says, waits)).send()).toBe('failed');
  });

  it.each<[string, Partial<Record<Step, Says>>, Partial<Patience>]>([
    ['never answers to the data', { end: nothing }, { silence: 200 }],
    ['hangs up after the data', { end: hangsUp }, {}],
    [
      'hangs up in the data',
      { DATA: (client) => client.write('354 go on\r\n', () => setTimeout(() => client.destroy(), 100)), end: nothing },
      {},
    ],
    ['trickles after the data', { end: trickling('250-wait') }, { data: 300 }],
    ['sends half an answer and hangs up', { end: (client) => client.end('25') }, {}],
    ['gives an answer that is not SMTP', { end: 'what?' }, {}],
  ])('to a server that %s was perhaps delivered', async (_, says, waits) => {
    expect(await (await given(says, waits)).send()).toBe('perhaps');
  });

  it('reports when its data start to leave, and not before', async () => {
    let began = 0;
    const failing = await given({ RCPT: '451 4.3.0 later' });
    await failing.send({ onData: () => (began += 1) });
    expect(began).toBe(0);
    await server?.stop();
    const taking = await given();
    await taking.send({ onData: () => (began += 1) });
    expect(began).toBe(1);
  });

  it('was not delivered if its time ended while it waited for a free connection', async () => {
    const { send, commands } = await given({ MAIL: nothing }, { untilData: 300 });
    expect(await Promise.all(Array.from({ length: 7 }, () => send()))).toEqual(Array(7).fill('failed'));
    // A busy machine may free a connection just before a waiting mail's own time ends: then it too asks to send, in vain.
    expect(commands.filter((command) => command.startsWith('MAIL')).length).toBeGreaterThanOrEqual(5);
    expect(commands.filter((command) => command.startsWith('RCPT'))).toEqual([]);
  });

  it.each<[Step, string]>([
    ['greeting', 'failed'],
    ['RCPT', 'failed'],
    ['end', 'perhaps'],
  ])('that is broken off at the %s has the outcome %s, and its connection is closed', async (step, outcome) => {
    const breakOff = new AbortController();
    const reached = (client: unknown) => void (client && setTimeout(() => breakOff.abort(), 50));
    const { send, clients, mailer } = await given({ [step]: reached });
    expect(await send({ signal: breakOff.signal })).toBe(outcome);
    mailer.close();
    while (clients.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('that is cancelled before its start is never sent', async () => {
    const { send, commands } = await given();
    expect(await send({ signal: AbortSignal.abort() })).toBe('failed');
    expect(commands).toEqual([]);
  });
});

let server: ScriptedServer | undefined;
const mailers: Mailer[] = [];
afterEach(async () => {
  for (const mailer of mailers.splice(0)) mailer.close();
  await server?.stop();
  server = undefined;
});

const mail: Mail = { to: 'caseworker-1@example.org', senderName: 'x', subject: 'x', text: 'x', language: 'nl', id: 'same-id' };

async function given(says: Partial<Record<Step, Says>> = {}, waits: Partial<Patience> = {}) {
  server = await startScriptedServer(says);
  const mailer = createMailer({ smtpUrl: server.url, from: 'a@cases.test', patience: { ...patience, ...waits } });
  mailers.push(mailer);
  const send = (sending?: Sending) =>
    mailer.send(mail, sending).then(
      () => 'delivered',
      (error: unknown) => ({ PerhapsDelivered: 'perhaps', RefusedForGood: 'refused' })[(error as Error).name] ?? 'failed',
    );
  return { ...server, mailer, send };
}
