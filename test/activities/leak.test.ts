import { editions } from '../../src/domain/policy/editions';
import { factTypes } from '../../src/domain/facts/catalogue';
import { steps, type Item, type Letter, type StepName } from '../../src/domain/state/outbox';
import { stages } from '../../src/domain/state/situation';
import { codeWords } from '../../src/domain/words/codes';
import { deadlineNames, roleNames, stageNames } from '../../src/domain/words/names';
import { taskTitles } from '../../src/domain/words/tasks';
import { activitiesAt, closeMailers, letterTo, m55, reference, referral } from './given';
import { startMailServer, type MailServer } from './mailServer';
import { startNoticeReceiver } from './noticeReceiver';

describe('a mail read by the wrong person', () => {
  it('reveals nothing about the case, in any language, step or header', async () => {
    const letters = steps.flatMap((step, i) =>
      ['caseworker-1', 'police-1', 'duty-amsterdam@example.org'].map((to) => secretLetter(to, step, i)),
    );
    expect((await activities().send(...letters)).every(({ outcome }) => outcome === 'delivered')).toBe(true);
    expect(server.mails).toHaveLength(letters.length);
    for (const mail of server.mails) expect(found(withoutAddressee(mail.raw))).toEqual([]);
  });

  it('names neither the addressee nor the case in its Message-ID', async () => {
    await activities().send(...steps.map((step, i) => secretLetter('caseworker-1', step, i)));
    for (const { headers } of server.mails) {
      expect(headers['message-id']).not.toMatch(/caseworker|2027|digest|alarm/);
      expect(headers['message-id']).not.toContain(reference.slice(3));
    }
  });

  it('gives a partner only reference, kind, date and link', async () => {
    await activities().notify('permitApplication', m55);
    await activities().notify('iomReturn', referral);
    const besidesTheKind = server.mails.map(({ raw }) => withoutAddressee(raw).replaceAll(/m55-cooperation|return-referral/g, ''));
    for (const raw of besidesTheKind) expect(found(raw)).toEqual([]);
    for (const { headers } of server.mails) expect(JSON.stringify({ ...headers, to: '' })).not.toMatch(/m55|cooperation|return|referral/i);
  });

  it('gives a partner by webhook only reference, kind, date and link, in body and headers', async () => {
    const receiver = await startNoticeReceiver();
    const partner = { by: 'webhook', url: receiver.url, secret: Buffer.alloc(32, 1).toString('base64'), name: 'CANARY-NAME' } as const;
    const partners = (['ind', 'iom', 'nidos', 'dtv'] as const).map((id) => ({ ...partner, id }));
    const { notify } = activitiesAt({ smtpUrl: server.url, partners: { partners } });
    for (const { id } of partners)
      await notify('notifyPartner', { ...m55, partner: id, id: `${id}/CANARY-FACT`, at: '2027-12-06T08:47:00Z' });
    await receiver.stop();

    expect(receiver.notices).toHaveLength(partners.length);
    for (const { raw, headers, body } of receiver.notices) {
      // The kind, the signature and the types of content are there for everybody.
      const others = raw
        .replaceAll('m55-cooperation', '')
        .replace(String(headers['webhook-signature']), '')
        .replaceAll(/application\/\S+/g, '');
      expect(found(others)).toEqual([]);
      expect(raw).not.toMatch(/08:47|CANARY/);
      expect(Object.keys(headers).sort()).toEqual([
        'connection',
        'content-length',
        'content-type',
        'host',
        'webhook-id',
        'webhook-signature',
        'webhook-timestamp',
      ]);
      expect(JSON.stringify(headers)).not.toMatch(/m55|cooperation/);
      expect(JSON.parse(body).data).toEqual({
        reference,
        kind: 'm55-cooperation',
        date: '2027-12-05',
        link: `https://cases.example.org/v1/pathways/${reference}`,
      });
    }
    expect(server.mails).toEqual([]);
  });

  it('has one part of plain text, without attachments, pictures or links except the one to the login', async () => {
    await activities().send(letterTo('caseworker-1'));
    const raw = server.mails[0]?.raw ?? '';
    expect(raw).not.toMatch(/multipart|text\/html|attachment|filename|image/i);
    expect(raw.match(/https?:\S+/g)).toEqual([`https://cases.example.org/v1/pathways/${reference}`]);
  });
});

const canaries = ['CANARY-TASK', 'CANARY-ALARM', 'CANARY-PERSON', 'CANARY-FACT'];

/** Everything that reveals the content of a case: the words behind the login, and their codes. */
const secrets = [
  ...canaries,
  ...[taskTitles, deadlineNames, stageNames, codeWords].flatMap((table) => Object.values(table).flatMap(({ nl, en }) => [nl, en])),
  ...Object.entries(roleNames).flatMap(([role, { nl, en }]) => (role === 'supervisor' ? [] : [nl, en])),
  ...editions.flatMap(({ tasks, deadlines }) => [...tasks, ...deadlines].map(({ id }) => id)),
  ...[...stages, ...factTypes],
  ...[
    'police',
    'politie',
    'ind',
    'iom',
    'nidos',
    'permit',
    'vergunning',
    'verblijf',
    'return',
    'terugkeer',
    'shelter',
    'opvang',
    'health',
    'medisch',
    'offence',
    'trafficking',
  ],
  ...[
    'mensenhandel',
    'victim',
    'slachtoffer',
    'reflection',
    'bedenktijd',
    'nationality',
    'nationaliteit',
    'HU',
    'Hungar',
    'Hongar',
    'birth',
    'geboorte',
    'amsterdam',
    'caseworker',
  ],
];
// These words of codes are everyday words too. The letter names the role of the supervisor, since that role comes next.
const everyday = new Set(['closed', 'other', 'supervisor', 'the supervisor', 'de leidinggevende']);

function found(raw: string): string[] {
  const text = raw.replaceAll(/=\r?\n/g, '').replaceAll(/\s+/g, ' ');
  return secrets.filter((secret) => !everyday.has(secret) && new RegExp(`(?<![\\p{L}])${escaped(secret)}(?![\\p{L}])`, 'iu').test(text));
}

/** The organisation itself chooses the address, so it does not count. */
function withoutAddressee(raw: string): string {
  return raw.replace(/^To: .*$/m, '');
}

function secretLetter(to: string, step: StepName, number: number): Letter {
  const item: Item = {
    about: `CANARY-TASK-${number}`,
    step,
    date: '2027-12-06',
    responsible: 'CANARY-PERSON',
    alarms: ['CANARY-ALARM/police'],
  };
  const about = ['safety-plan', 'reflection-period', 'departed-unknown', 'return-referral', 'CANARY-FACT'];
  return letterTo(to, {
    id: `digest/2027-12-06/${number}/${to}`,
    items: [item, ...about.map((each) => ({ ...item, about: each }))],
    triedRecipients: ['CANARY-PERSON'],
  });
}

let server: MailServer;
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(async () => {
  closeMailers();
  await server.stop();
});

function activities() {
  return activitiesAt({ smtpUrl: server.url });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
