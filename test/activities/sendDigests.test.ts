import type { SentLetter } from '../../src/activities/sendDigests';
import { activitiesAt, closeMailers, from, letterTo, reference, staff } from './given';
import type { Outcome } from '../../src/domain/state/outbox';
import { startMailServer, type Answers, type MailServer } from './mailServer';

describe('a letter that cannot be written', () => {
  it('does not stop the other letters', async () => {
    const { send } = await given();
    const broken = letterTo('caseworker-1', {
      items: [{ about: 'safety-plan', step: 'due', date: 'no date' as never, responsible: 'caseworker-1' }],
    });
    expect(await send(broken, letterTo('police-1'))).toMatchObject([
      { outcome: 'failed', deputy: 'caseworker-2' },
      { outcome: 'delivered' },
    ]);
    expect(server.mails.map(({ to }) => to)).toEqual(['police-1@example.org']);
  });
});

describe('a letter to a staff member', () => {
  it('tells a Dutch reader in Dutch that something is due and when, and nothing else', async () => {
    await (await given()).send(letterTo('caseworker-1'));
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]?.to).toBe('caseworker-1@example.org');
    expect(server.mails[0]?.headers['subject']).toBe(`1 actie nodig (${reference})`);
    expect(server.mails[0]?.text).toBe(
      [
        'Herinneringsdienst\n',
        `Kenmerk: ${reference}\nAantal: 1\n`,
        '- 1 actie moet klaar zijn op 6 december 2027\n',
        `Waar het om gaat, na inloggen:\nhttps://cases.example.org/v1/pathways/${reference}\n`,
        'Wat open blijft gaat daarna naar de leidinggevende.\n',
        'Niet voor u bestemd? Verwijder dit bericht en meld het uw leidinggevende.\n',
      ].join('\n'),
    );
  });

  it('tells an English reader the same in English', async () => {
    await (await given()).send(letterTo('police-1'));
    expect(server.mails[0]?.headers['subject']).toBe(`1 action is due (${reference})`);
    expect(server.mails[0]?.headers['from']).toBe(`Reminder service <${from}>`);
    expect(server.mails[0]?.text).toContain('- 1 action is due on 6 December 2027\n');
  });

  it('is plain text, is marked as written by a machine, and has only these headers', async () => {
    await (await given()).send(letterTo('police-1'));
    const { headers = {} } = server.mails[0] ?? {};
    expect(headers).toMatchObject({
      'auto-submitted': 'auto-generated',
      'content-language': 'en',
      'content-type': 'text/plain; charset=utf-8',
      to: 'police-1@example.org',
    });
    expect(Object.keys(headers).sort()).toEqual(
      [
        'auto-submitted',
        'content-language',
        'content-transfer-encoding',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ].sort(),
    );
  });

  it('has the same Message-ID at each try, and no other letter has it', async () => {
    const { send } = await given();
    await send(letterTo('police-1'));
    await send(letterTo('police-1'), letterTo('caseworker-1'), letterTo('police-1', { id: 'alarm/2027-12-06T08:00:00Z/police-1' }));
    const [first, ...rest] = server.mails.map(({ headers }) => headers['message-id']);
    expect(first).toMatch(/^<[0-9a-f]{40}@reminders\.example\.org>$/);
    expect(rest.filter((id) => id === first)).toHaveLength(1);
    expect(new Set(rest).size).toBe(3);
  });

  it('goes to a duty mailbox in Dutch', async () => {
    expect(await (await given()).send(letterTo('duty-amsterdam@example.org'))).toMatchObject([{ outcome: 'delivered' }]);
    expect(server.mails.map(({ to, headers }) => [to, headers['content-language']])).toEqual([['duty-amsterdam@example.org', 'nl']]);
  });

  it('to a supervisor does not say that a supervisor comes next', async () => {
    await (await given()).send(letterTo('supervisor-1'), letterTo('operations@example.org'));
    for (const { text } of server.mails) expect(text).toContain('Na u komt niemand');
  });

  it("is reported to the sender's own record only after the server has accepted it", async () => {
    const sent: SentLetter[] = [];
    const letters = [letterTo('police-1'), letterTo('caseworker-1')];
    await (await given({ recipient: only('caseworker-1@example.org', '550') }, { onSent: (each) => sent.push(each) })).send(...letters);
    const messageId = server.mails[0]?.headers['message-id'];
    expect(sent).toEqual([
      { reference, letter: letters[0], subject: `1 action is due (${reference})`, messageId, at: '2027-12-06T08:00:00Z' },
    ]);
  });
});

describe('a letter that is refused for good', () => {
  it.each(['550', '551', '553', '550 5.1.1', '552 5.2.2'])(
    'is forwarded to the deputy if the server answers the address with %s',
    async (code) => {
      const { send } = await given({ recipient: only('caseworker-1@example.org', code) });
      expect(await send(letterTo('caseworker-1'))).toEqual([
        { id: 'digest/2027-12-06/caseworker-1', outcome: 'refused', next: 'caseworker-2' },
      ]);
    },
  );

  it.each(['550 5.1.1', '552 5.2.2'])('is forwarded to the deputy if the server answers the mail with %s', async (code) => {
    const { send } = await given({ data: (to) => (to === 'caseworker-1@example.org' ? code : undefined) });
    expect(await send(letterTo('caseworker-1'))).toMatchObject([{ outcome: 'refused', next: 'caseworker-2' }]);
  });

  it.each(['554 5.7.1', '550 5.7.26', '553 5.1.8', '554', '552', '501'])(
    "is not forwarded if the server's objection (%s) is about us",
    async (code) => {
      const { send } = await given({ recipient: () => code });
      const letters = ['caseworker-1', 'police-1', 'supervisor-1'].map((to) => letterTo(to));
      expect((await send(...letters)).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
    },
  );

  it('is forwarded to the deputy if its addressee is absent today', async () => {
    const { send } = await given({}, { at: '2028-01-01T08:00:00Z' });
    expect(await send(letterTo('caseworker-1'))).toMatchObject([{ outcome: 'refused', next: 'caseworker-2' }]);
    expect(server.mails).toEqual([]);
  });

  it.each([
    ['2027-12-23T22:59:00Z', 'delivered'],
    ['2027-12-23T23:00:00Z', 'refused'],
    ['2028-01-02T22:59:00Z', 'refused'],
    ['2028-01-02T23:00:00Z', 'delivered'],
  ])('counts days of absence in the time of Amsterdam: at %s the outcome is %s', async (at, outcome) => {
    expect(await (await given({}, { at })).send(letterTo('caseworker-1'))).toMatchObject([{ outcome }]);
  });

  it.each([
    [['caseworker-1'], 'caseworker-2', 'duty-amsterdam@example.org'],
    [['caseworker-1', 'caseworker-2'], 'duty-amsterdam@example.org', 'supervisor-1'],
    [['caseworker-1', 'caseworker-2', 'duty-amsterdam@example.org'], 'supervisor-1', 'operations@example.org'],
    [['caseworker-1', 'caseworker-2', 'duty-amsterdam@example.org', 'supervisor-1'], 'operations@example.org', null],
    [[], 'nobody-we-know', 'duty-amsterdam@example.org'],
    [[], 'police-1', 'duty-amsterdam@example.org'],
    [[], 'supervisor-1', 'duty-amsterdam@example.org'],
    [['supervisor-1'], 'duty-amsterdam@example.org', 'operations@example.org'],
  ])('tried in vain with %j and now with %s is forwarded to %s', async (triedRecipients, to, next) => {
    const { send } = await given({ recipient: () => '550' });
    expect(await send(letterTo(to, { triedRecipients }))).toMatchObject([{ outcome: 'refused', next }]);
  });

  it('does not stop the other letters', async () => {
    const { send } = await given({ recipient: only('caseworker-1@example.org', '550') });
    const letters = ['police-1', 'caseworker-1', 'nobody-we-know', 'supervisor-1', 'caseworker-3'].map((to) => letterTo(to));
    expect((await send(...letters)).map(({ id, outcome }) => [id.split('/')[2], outcome])).toEqual([
      ['police-1', 'delivered'],
      ['caseworker-1', 'refused'],
      ['nobody-we-know', 'refused'],
      ['supervisor-1', 'delivered'],
      ['caseworker-3', 'delivered'],
    ]);
    expect(server.mails.map(({ to }) => to).sort()).toEqual([
      'caseworker-3@example.org',
      'police-1@example.org',
      'supervisor-1@example.org',
    ]);
  });
});

describe('a letter to a person to whom another letter may be forwarded in the same minute', () => {
  const here = '2028-01-01T08:00:00Z';

  it('is deferred until it can include the forwarded items, and all other letters leave', async () => {
    const { send } = await given({}, { at: here });
    const answers = await send(letterTo('caseworker-1'), letterTo('caseworker-2'), letterTo('police-1'));
    expect(answers.map(({ outcome }) => outcome)).toEqual(['refused', 'deferred', 'delivered']);
    expect(server.mails.map(({ to }) => to)).toEqual(['police-1@example.org']);
  });

  it('is deferred even if only the mail server knows that the other is undeliverable, and sent if the other is delivered', async () => {
    const refusing = await given({ recipient: only('caseworker-1@example.org', '550') });
    expect((await refusing.send(letterTo('caseworker-2'), letterTo('caseworker-1'))).map(({ outcome }) => outcome)).toEqual([
      'deferred',
      'refused',
    ]);
    await server.stop();
    const taking = await given();
    expect((await taking.send(letterTo('caseworker-2'), letterTo('caseworker-1'))).map(({ outcome }) => outcome)).toEqual([
      'delivered',
      'delivered',
    ]);
  });

  it("is tried at once if the two people are each other's deputy", async () => {
    const mutual = {
      ...staff,
      staff: staff.staff.map((each) => (each.id === 'caseworker-2' ? { ...each, deputy: 'caseworker-1' } : each)),
    };
    const { send } = await given({ recipient: () => '550' }, { staff: mutual });
    const answers = await send(letterTo('caseworker-1'), letterTo('caseworker-2'));
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['deferred', 'refused']);
  });

  it('is sent at once if the other letter is of another kind or day', async () => {
    const { send } = await given({}, { at: here });
    const others = [
      letterTo('caseworker-2', { kind: 'alarm' }),
      letterTo('caseworker-2', { id: 'digest/of-the-day-before', day: '2027-12-05' }),
    ];
    const answers = await send(letterTo('caseworker-1'), ...others);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['refused', 'delivered', 'delivered']);
  });

  it('is deferred even if its own addressee is absent, and the next try forwards both', async () => {
    const bothAway = {
      ...staff,
      staff: staff.staff.map((member) => ({ ...member, absent: [{ from: '2028-01-01', until: '2028-01-01' }] })),
    };
    const { send } = await given({}, { at: here, staff: bothAway });
    const answers = await send(letterTo('caseworker-1'), letterTo('caseworker-2'));
    expect(answers).toMatchObject([{ outcome: 'refused', next: 'caseworker-2' }, { outcome: 'deferred' }]);
  });

  it("is deferred if both are each other's deputy and one is absent, in either order", async () => {
    const mutual = {
      ...staff,
      staff: staff.staff.map((each) => (each.id === 'caseworker-2' ? { ...each, deputy: 'caseworker-1' } : each)),
    };
    const { send } = await given({}, { at: here, staff: mutual });
    const [absent, present] = [letterTo('caseworker-1'), letterTo('caseworker-2')];
    expect((await send(absent, present)).map(({ outcome }) => outcome)).toEqual(['refused', 'deferred']);
    expect((await send(present, absent)).map(({ outcome }) => outcome)).toEqual(['deferred', 'refused']);
  });
});

describe('a batch of letters that an earlier try had started', () => {
  const before = (outcome: Outcome['outcome']) => ({ id: letterTo('caseworker-1').id, outcome, next: 'caseworker-2' }) as Outcome;

  it.each(['delivered', 'perhaps', 'refused', 'failed'] as const)(
    'does not send a letter again if its outcome is already %s',
    async (outcome) => {
      const { send } = await given({}, { earlier: [before(outcome)] });
      expect(await send(letterTo('caseworker-1'), letterTo('police-1'))).toMatchObject([{ outcome }, { outcome: 'delivered' }]);
      expect(server.mails.map(({ to }) => to)).toEqual(['police-1@example.org']);
    },
  );

  it('defers the letter that will include the items of a letter refused earlier', async () => {
    const { send } = await given({}, { earlier: [before('refused')] });
    expect((await send(letterTo('caseworker-1'), letterTo('caseworker-2'))).map(({ outcome }) => outcome)).toEqual(['refused', 'deferred']);
  });

  it('reports each letter to the engine as perhaps delivered when its data leave, and then with its answer', async () => {
    const { send, told } = await given({ recipient: only('police-1@example.org', '451 4.3.0') });
    await send(letterTo('caseworker-1'), letterTo('police-1'));
    const { id } = letterTo('caseworker-1');
    const ofCaseworker = told.map((each) => each.find((outcome) => outcome.id === id)?.outcome);
    expect([...new Set(ofCaseworker.filter((outcome) => outcome !== undefined))]).toEqual(['perhaps', 'delivered']);
    expect(told.flat()).toContainEqual({ id, outcome: 'perhaps', deputy: 'caseworker-2' });
    expect(
      told
        .at(-1)
        ?.map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(['delivered', 'failed']);
  });
});

let server: MailServer;
afterEach(async () => {
  closeMailers();
  await server.stop();
});

async function given(answers: Answers = {}, settings: Partial<Parameters<typeof activitiesAt>[0]> = {}) {
  server = await startMailServer(answers);
  return activitiesAt({ ...settings, smtpUrl: server.url });
}

function only(address: string, code: string): NonNullable<Answers['recipient']> {
  return (to) => (to === address ? code : undefined);
}
