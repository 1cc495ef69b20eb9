import { createMailer, type Mail, type Mailer } from '../../src/activities/mailer';
import { tellingOperations } from '../../src/activities/tellingOperations';
import { until } from '../support/until';
import { startMailServer, type Answers, type MailServer } from './mailServer';

const operations = 'operations@example.org';

describe('a mail server that refuses us', () => {
  it('that refuses some letters makes operations get one mail, and nobody else gets those letters', async () => {
    const mailer = await given({ recipient: (address) => (address === operations ? undefined : '554 5.7.1 Relay access denied') });
    for (const to of ['caseworker-1@example.org', 'police-1@example.org'])
      await expect(mailer.send({ ...mail, to })).rejects.toMatchObject({ name: 'RefusesUs' });
    await until('operations has its mail', () => server.mails.length > 0);
    expect(server.mails.map(({ to }) => to)).toEqual([operations]);
    expect(server.mails[0]?.raw).toMatch(/^Subject: De mailserver weigert berichten van deze dienst\r?$/m);
    expect(server.mails[0]?.raw).not.toMatch(/caseworker|police|BT-/);
  });

  it('is not reported if the refusal is about the recipient', async () => {
    const mailer = await given({ recipient: (address) => (address === operations ? undefined : '550 5.1.1 User unknown') });
    await expect(mailer.send(mail)).rejects.toMatchObject({ name: 'RefusedForGood' });
    await mailer.send({ ...mail, to: operations, subject: 'the last' });
    expect(server.mails.map(({ raw }) => /^Subject: (.*?)\r?$/m.exec(raw)?.[1])).toEqual(['the last']);
  });
});

const mail: Mail = { to: 'caseworker-1@example.org', senderName: 'x', subject: 'x', text: 'x', language: 'nl', id: 'an-id' };

let server: MailServer;
let open: Mailer | undefined;
afterEach(async () => {
  open?.close();
  await server.stop();
});

async function given(answers: Answers): Promise<Mailer> {
  server = await startMailServer(answers);
  open = tellingOperations(createMailer({ smtpUrl: server.url, from: 'pathways@example.org' }), operations);
  return open;
}
