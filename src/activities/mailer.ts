import { createTransport } from 'nodemailer';
import type { Language } from '../domain/words';
import { RefusedForGood } from './refusedForGood';

/** A mail to one address. */
export interface Mail {
  readonly to: string;
  /** The name that stands before our address. */
  readonly senderName: string;
  readonly subject: string;
  readonly text: string;
  readonly language: Language;
  /** The first half of its Message-ID. */
  readonly id: string;
}

export interface Mailer {
  /** Answers with the Message-ID once the server has taken the mail; throws `RefusedForGood`, or what passes and may be tried again. */
  send(mail: Mail): Promise<string>;
  /** Ends the open connections. */
  close(): void;
}

/** Where activities say what went wrong. */
export interface Log {
  warn(fields: object, message: string): void;
}

const patience = 10_000;
// With its wait for a free connection: a server that hangs must not hold an activity for longer than its time.
const patienceForALetter = 60_000;

/** Speaks SMTP over a few connections that stay open for a while. `from` is our address. */
export function createMailer({ smtpUrl, from }: { readonly smtpUrl: string; readonly from: string }): Mailer {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 5,
    idleTimeout: patience,
    name: domain,
    ...{ dnsTimeout: patience, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    async send({ to, senderName, subject, text, language, id }) {
      const messageId = `<${id}@${domain}>`;
      const headers = { 'Auto-Submitted': 'auto-generated', 'Content-Language': language };
      const mail = { from: { name: senderName, address: from }, to, subject, text, messageId, headers };
      try {
        await transport.sendMail({ ...mail, signal: AbortSignal.timeout(patienceForALetter) });
      } catch (error) {
        throw forGood(error as SmtpError) ?? error;
      }
      return messageId;
    },
    close: () => transport.close(),
  };
}

interface SmtpError {
  readonly command?: string;
  readonly responseCode?: number;
}

/**
 * Only what is said of the recipient or the mail itself is the recipient's. A refused greeting, login or sender (MAIL FROM), or a
 * command that the server does not know or wants a login for, is about us: it would turn every letter away from everybody.
 */
function forGood({ command, responseCode = 0 }: SmtpError): RefusedForGood | null {
  const ofTheMail = command === 'RCPT TO' || command === 'DATA';
  return ofTheMail && responseCode >= 500 && !aboutUs.includes(responseCode) ? new RefusedForGood(responseCode) : null;
}

const aboutUs: readonly number[] = [500, 502, 503, 504, 530, 534, 535, 538];
