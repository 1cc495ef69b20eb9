import { activitiesAt, closeMailers, letterTo, m55, reference } from './given';
import { startScriptedServer } from './scriptedServer';
import { goneServer, startMailServer, startSilentServer, type Answers, type MailServer } from './mailServer';

describe('a temporary fault of delivery', () => {
  it.each([450, 451, 452, 421])(
    'makes the service retry a letter after an answer of %i to the address, and then the letter arrives',
    async (code) => {
      const { send, mails } = await given({ recipient: (_, attempt) => (attempt === 1 ? code : undefined) });
      expect(await send(letterTo('caseworker-1'))).toEqual([
        { id: 'digest/2027-12-06/caseworker-1', outcome: 'failed', deputy: 'caseworker-2' },
      ]);
      expect(await send(letterTo('caseworker-1'))).toMatchObject([{ outcome: 'delivered' }]);
      expect(mails).toHaveLength(1);
    },
  );

  it('makes the service retry a letter after an answer of 451 to the mail', async () => {
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
    ['reports a bad sequence of commands (503)', { recipient: () => 503 }],
  ])('is a mail server that %s: the fault is about us, so the letter is not forwarded', async (_, answers) => {
    const { send } = await given(answers);
    expect(await send(letterTo('caseworker-1'))).toMatchObject([{ outcome: 'failed', deputy: 'caseworker-2' }]);
  });

  it('is a mail server that is gone', async () => {
    const { send, notify } = activitiesAt({ smtpUrl: await goneServer() });
    expect(await send(letterTo('caseworker-1'), letterTo('police-1'))).toEqual([
      { id: 'digest/2027-12-06/caseworker-1', outcome: 'failed', deputy: 'caseworker-2' },
      { id: 'digest/2027-12-06/police-1', outcome: 'failed', deputy: undefined },
    ]);
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'failed' });
  });

  it('is a mail server that does not answer, and letters wait for it in parallel', async () => {
    const silent = await startSilentServer();
    const { send } = activitiesAt({ smtpUrl: silent.url, patience: { greeting: 1_000 } });
    const outcomes = await send(...Array.from({ length: 5 }, (_, i) => letterTo('police-1', { id: `digest/2027-12-06/${i}` })));
    await silent.stop();
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'failed'));
  });

  it('is logged with the masked address and without the words of the server', async () => {
    const lines: string[] = [];
    const { send } = await given({ recipient: () => 550 }, lines);
    await send(letterTo('caseworker-1'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('c***@example.org');
    expect(lines[0]).toContain('550');
    expect(lines[0]).not.toMatch(/caseworker|secret-mailbox|safety-plan|actie/);
  });
});

describe('a missing answer from the mail server', () => {
  it('makes a letter or notice perhaps delivered, and names the next recipient for an alarm', async () => {
    const { send, notify } = await given({ data: () => 'drop' });
    expect(await send(letterTo('caseworker-1'))).toEqual([
      { id: 'digest/2027-12-06/caseworker-1', outcome: 'perhaps', deputy: 'caseworker-2' },
    ]);
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'perhaps' });
  });

  it('is logged as perhaps delivered', async () => {
    const lines: string[] = [];
    const { send } = await given({ data: () => 'drop' }, lines);
    await send(letterTo('caseworker-1'));
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      { level: 'warn', reference, to: 'c***@example.org', code: 'ECONNECTION', message: 'a letter was perhaps delivered' },
    ]);
  });
});

describe('a worker that has to stop', () => {
  it('breaks off the letters under way and reports the outcome of each', async () => {
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
  ])('%s causes an error in the log, for a letter and for a notice, since mail cannot report it', async (_, answers, codes) => {
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
  it('stay few, however many letters there are', async () => {
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
