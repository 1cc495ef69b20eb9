import { createMailer } from '../../../src/activities/mailer';
import { patience } from '../../../src/activities/patience';

/** Sends one mail with each mailer of its argument, and prints the outcomes. */
async function main(): Promise<void> {
  const settings = JSON.parse(process.argv[2] ?? '[]') as { readonly smtpUrl: string; readonly plain?: boolean }[];
  const outcomes: string[] = [];
  for (const each of settings) {
    const mailer = createMailer({ ...each, from: 'a@cases.test', patience: { ...patience, connection: 2_000 } });
    const mail = { to: 'x@example.org', senderName: 'x', subject: 'x', text: 'x', language: 'nl', id: 'i' } as const;
    const outcome = await mailer.send(mail).then(
      () => 'delivered',
      (error: unknown) => `${(error as Error).name} ${(error as { readonly code?: string }).code ?? ''}`,
    );
    outcomes.push(outcome);
    mailer.close();
  }
  process.stdout.write(JSON.stringify(outcomes));
}

void main();
