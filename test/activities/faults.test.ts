import { activitiesAt, closeMailers, letterTo, m55, reference } from './given';
import { startScriptedServer } from './scriptedServer';
import { goneServer, startMailServer, startSilentServer, type Answers, type MailServer } from './mailServer';

describe('a fault that passes', () => {
  it.each([450, 451, 452, 421])(
    'leaves a letter to be tried again when the address is answered with %i, and then it arrives',
    async (code) => {
      const { send, mails } = await given({ recipient: (_, attempt) => (attempt === 1 ? code : undefined) });
      expect(await send(letterTo('caseworker-1'))).toEqual([
        { id: 'digest/2027-12-06/caseworker-1', outcome: 'failed', deputy: 'caseworker-2' },
      ]);
      expect(await send(letterTo('caseworker-1'))).toMatchObject([{ outcome: 'delivered' }]);
      expect(mails).toHaveLength(1);
    },
  );

  it('leaves a letter to be tried again when the mail is answered with 451', async () => {
    const { send } = await given({ data: (_, attempt) => (attempt === 1 ? 451 : undefined) });
    expect(await send(letterTo('police-1'))).toMatchObject([{ outcome: 'failed' }]);
    expect(await send(letterTo('police-1'))).toMatchObject([{ outcome: 'delivered' }]);
  });

  it.each<[string, Answers]>([
    ['greets nobody (554)', { greeting: 554 }],
    ['is too busy to greet (421)', { greeting: 421 }],
    ['does not know the sender (550)', { sender: 550 }],
    ['wants a login (530)', { sender: 530 }],
    ['wants a login before it takes an address (530)', { recipient: () => 530 }],
    ['has lost the thread (503)', { recipient: () => 503 }],
  ])('is a server that %s: that is about us, and no colleague would fare better', async (_, answers) => {
    const { send } = await given(answers);
    expect(await send(letterTo('caseworker-1'))).toMatchObject([{ outcome: 'failed', deputy: 'caseworker-2' }]);
  });

  it('is a server that is gone', async () => {
    const { send, notify } = activitiesAt({ smtpUrl: await goneServer() });
    expect(await send(letterTo('caseworker-1'), letterTo('police-1'))).toEqual([
      { id: 'digest/2027-12-06/caseworker-1', outcome: 'failed', deputy: 'caseworker-2' },
      { id: 'digest/2027-12-06/police-1', outcome: 'failed', deputy: undefined },
    ]);
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'failed' });
  });

  it('is a server that says nothing: letters wait for it together', async () => {
    const silent = await startSilentServer();
    const { send } = activitiesAt({ smtpUrl: silent.url, patience: { greeting: 1_000 } });
    const outcomes = await send(...Array.from({ length: 5 }, (_, i) => letterTo('police-1', { id: `digest/2027-12-06/${i}` })));
    await silent.stop();
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'failed'));
  });

  it('writes to the log who is concerned, masked, and never what the server said', async () => {
    const lines: string[] = [];
    const { send } = await given({ recipient: () => 550 }, lines);
    await send(letterTo('caseworker-1'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('c***@example.org');
    expect(lines[0]).toContain('550');
    expect(lines[0]).not.toMatch(/caseworker|secret-mailbox|safety-plan|actie/);
  });
});

describe('an answer that was not heard', () => {
  it('leaves a letter or notice perhaps delivered, with whom an alarm goes to beside', async () => {
    const { send, notify } = await given({ data: () => 'drop' });
    expect(await send(letterTo('caseworker-1'))).toEqual([
      { id: 'digest/2027-12-06/caseworker-1', outcome: 'perhaps', deputy: 'caseworker-2' },
    ]);
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'perhaps' });
  });

  it('is written to the log as such', async () => {
    const lines: string[] = [];
    const { send } = await given({ data: () => 'drop' }, lines);
    await send(letterTo('caseworker-1'));
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      { level: 'warn', reference, to: 'c***@example.org', code: 'ECONNECTION', message: 'a letter was perhaps delivered' },
    ]);
  });
});

describe('a worker that has to stop', () => {
  it('breaks off what is under way, and says what it had come to', async () => {
    const reached = (stop: () => void) => void setTimeout(stop, 50);
    const [atTheAddress, afterTheData] = await Promise.all([
      startScriptedServer({ RCPT: () => reached(() => one.stop()) }),
      startScriptedServer({ end: () => reached(() => other.stop()) }),
    ]);
    const [one, other] = [activitiesAt({ smtpUrl: atTheAddress.url }), activitiesAt({ smtpUrl: afterTheData.url })];
    expect(await one.send(letterTo('police-1'))).toMatchObject([{ outcome: 'failed' }]);
    expect(await other.notify('permitApplication', m55)).toMatchObject({ outcome: 'perhaps' });
    await Promise.all([atTheAddress.stop(), afterTheData.stop()]);
  });
});

describe('a mail server that refuses us', () => {
  it.each<[string, Answers, object]>([
    ['in answer to the address', { recipient: () => '554 5.7.1' }, { responseCode: 554, enhancedCode: '5.7.1' }],
    ['in answer to the sender', { sender: 550 }, { responseCode: 550 }],
    ['at the door', { greeting: 554 }, { responseCode: 554 }],
  ])('%s is an error in the log, for a letter and for a notice: no mail can say so', async (_, answers, codes) => {
    const lines: string[] = [];
    const { send, notify } = await given(answers, lines);
    await send(letterTo('caseworker-1'));
    await notify('permitApplication', m55);
    const said = { level: 'error', reference, refuses: 'us', message: 'the mail server refuses us', ...codes };
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { to: 'c***@example.org', ...said },
      { to: 'n***@ind.example.org', ...said },
    ]);
  });
});

describe('the connections to the mail server', () => {
  it('are few, however many letters there are', async () => {
    const { send, mails, connections } = await given();
    await send(...Array.from({ length: 30 }, (_, i) => letterTo('police-1', { id: `digest/2027-12-06/${i}` })));
    expect(mails).toHaveLength(30);
    expect(connections()).toBeLessThanOrEqual(5);
  });
});

let server: MailServer | undefined;
afterEach(async () => {
  closeMailers();
  await server?.stop();
  server = undefined;
});

async function given(answers: Answers = {}, lines: string[] = []) {
  server = await startMailServer(answers);
  const { url, mails, connections } = server;
  const note = (level: string) => (fields: object, message: string) => lines.push(JSON.stringify({ level, ...fields, message }));
  return { mails, connections, ...activitiesAt({ smtpUrl: url, log: { warn: note('warn'), error: note('error') } }) };
}
