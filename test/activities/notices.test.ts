import type { NotifiedPartner } from '../../src/activities/notifyPartner';
import { activitiesAt, closeMailers, letterTo, m55, reference, referral } from './given';
import { startMailServer, type Answers, type MailServer } from './mailServer';

describe('a notice to a partner by mail', () => {
  it('announces the permit application to the mailbox of IND, with reference, kind, date and link', async () => {
    expect(await (await given()).notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'delivered' });
    expect(server.mails[0]?.to).toBe('notices@ind.example.org');
    expect(server.mails[0]?.headers['subject']).toBe(`Een bericht voor u (${reference})`);
    expect(server.mails[0]?.text).toBe(
      [
        'Herinneringsdienst\n',
        `Kenmerk: ${reference}\nBetreft: Aankondiging (M55)\nSoort: m55-cooperation\nDatum: 5 december 2027\n`,
        `Waar het om gaat, na inloggen:\nhttps://cases.example.org/v1/pathways/${reference}\n`,
      ].join('\n'),
    );
  });

  it('refers a return to IOM in the language of IOM', async () => {
    expect(await (await given()).notify('iomReturn', referral)).toEqual({ id: referral.id, outcome: 'delivered' });
    expect(server.mails[0]?.to).toBe('returns@iom.example.org');
    expect(server.mails[0]?.text).toContain('About: Referral\nKind: return-referral\nDate: 6 December 2027\n');
  });

  it('has the same Message-ID at each try, and no other notice has it', async () => {
    const { notify } = await given();
    for (const notice of [m55, m55, { ...m55, id: 'ind/m55-cooperation/fact-9' }]) await notify('permitApplication', notice);
    const [first, second, third] = server.mails.map(({ headers }) => headers['message-id']);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('is refused for good if the partner is unknown or its server refuses it for good', async () => {
    const { notify } = await given({ recipient: () => 550 });
    const refused = { outcome: 'refused', next: null };
    expect(await notify('notifyPartner', { ...m55, partner: 'nidos', kind: 'departed' })).toMatchObject(refused);
    expect(await notify('notifyPartner', m55)).toMatchObject(refused);
  });

  it('is retried after a temporary fault', async () => {
    const { notify } = await given({ recipient: (_, attempt) => (attempt === 1 ? 450 : undefined) });
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'failed' });
    expect(await notify('permitApplication', m55)).toEqual({ id: m55.id, outcome: 'delivered' });
  });

  it("is reported to the sender's own record once the server has accepted it", async () => {
    const notified: NotifiedPartner[] = [];
    await (await given({}, { onNotified: (each) => notified.push(each) })).notify('iomReturn', referral);
    expect(notified).toEqual([
      { reference, notice: referral, messageId: server.mails[0]?.headers['message-id'], at: '2027-12-06T08:00:00Z' },
    ]);
  });

  it('uses a separate mailer for partners if there is one', async () => {
    const { notify, send } = await given({}, { partnersMailer: { send: async () => '<elsewhere@example.org>', close: () => undefined } });
    expect(await notify('iomReturn', referral)).toMatchObject({ outcome: 'delivered' });
    expect(server.mails).toEqual([]);
    await send(letterTo('police-1'));
    expect(server.mails).toHaveLength(1);
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
