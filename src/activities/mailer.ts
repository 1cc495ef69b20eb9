import { createTransport } from 'nodemailer';
import type { Language } from '../domain/words';
import { enhancedCodeOf, meaningOf, type Reply } from './mailRefusal';
import { greetingServer, type MailServer } from './mailServer';
import { patience, type Patience } from './patience';
import { PerhapsDelivered } from './perhapsDelivered';
import { RefusedForGood } from './refusedForGood';

/** A mail to one address. */
export interface Mail {
  readonly to: string;
  /** The name of the sender, shown before our address. */
  readonly senderName: string;
  readonly subject: string;
  readonly text: string;
  readonly language: Language;
  /** The first half of its Message-ID. */
  readonly id: string;
}

/** Options for sending one mail. */
export interface Sending {
  /** Breaks off the sending at any point. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the data of the mail start to leave. From then on, until the answer, nobody knows whether it arrives. */
  readonly onData?: (() => void) | undefined;
}

export interface Mailer {
  /**
   * Returns the Message-ID once the server has accepted the mail. Throws `RefusedForGood` or `PerhapsDelivered`. Any other error is
   * temporary: nothing was delivered, and a retry is safe.
   */
  send(mail: Mail, sending?: Sending): Promise<string>;
  /** Ends the open connections. */
  close(): void;
}

/** The log of the activities. */
export interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface MailerSettings {
  /** smtp:// or smtps://, with a name and a password if there is a login. The rest of the address is ignored. */
  readonly smtpUrl: string;
  /** The address that our mail comes from. */
  readonly from: string;
  /** Whether letters and the password may go in clear. Without it, a remote server or one with a login is used over TLS only. */
  readonly plain?: boolean | undefined;
  readonly patience?: Patience | undefined;
}

/** Sends mail over a few SMTP connections, which stay open for a while. */
export function createMailer({ smtpUrl, from, plain = false, patience: waits = patience }: MailerSettings): Mailer {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const server = greetingServer(smtpUrl, plain, waits);
  const transport = createTransport({ ...optionsFor(server, waits), name: domain });
  const letters = new WeakMap<AbortSignal, () => void>();
  // The transport makes this stream before it asks the server for permission to send the data. It reads from the stream only afterwards.
  transport.use('stream', ({ data: { signal }, message }, done) => {
    const begins = signal && letters.get(signal);
    const makeStream = message.createReadStream.bind(message);
    message.createReadStream = (options) => makeStream(options).once('resume', () => begins?.());
    done();
  });
  return {
    async send({ to, senderName, subject, text, language, id }, { signal, onData } = {}) {
      const messageId = `<${id}@${domain}>`;
      const headers = { 'Auto-Submitted': 'auto-generated', 'Content-Language': language };
      const mail = { from: { name: senderName, address: from }, to, subject, text, messageId, headers };
      const way = limited(waits, signal);
      letters.set(way.signal, () => {
        way.begins();
        onData?.();
      });
      try {
        await transport.sendMail({ ...mail, signal: way.signal });
      } catch (error) {
        throw wentWrong(error as SmtpError, way.hasBegun());
      } finally {
        way.ends();
      }
      return messageId;
    },
    close() {
      transport.close({ force: true });
      server.close();
    },
  };
}

function optionsFor({ host, port, secure, needsTls, auth, getSocket }: MailServer, waits: Patience) {
  return {
    ...{ host, port, secure, auth, getSocket, pool: true as const, maxConnections: 5, idleTimeout: 10_000 },
    ...(needsTls ? { requireTLS: true } : { ignoreTLS: true }),
    tls: { rejectUnauthorized: true },
    // The transport gets the connection after the greeting, so this limit applies to what follows.
    ...{ greetingTimeout: waits.connection, connectionTimeout: waits.untilData, socketTimeout: waits.silence },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  };
}

/** The time limit of one letter: first until its data start to leave, then until the answer. A signal can end it earlier. */
function limited({ untilData, data }: Patience, signal: AbortSignal | undefined) {
  const own = new AbortController();
  const breakOff = () => own.abort();
  let hasBegun = false;
  // We do not use AbortSignal.any with a timeout: in Node 20 the garbage collector may remove that timeout, and then the limit never ends.
  let tooLate = setTimeout(breakOff, untilData);
  signal?.addEventListener('abort', breakOff, { once: true });
  if (signal?.aborted) breakOff();
  return {
    signal: own.signal,
    hasBegun: () => hasBegun,
    begins() {
      hasBegun = true;
      clearTimeout(tooLate);
      tooLate = setTimeout(breakOff, data);
    },
    ends() {
      clearTimeout(tooLate);
      signal?.removeEventListener('abort', breakOff);
    },
  };
}

interface SmtpError extends Error, Reply {
  readonly code?: string;
  /** Node's code of the error, if nodemailer replaced it by its own. */
  readonly originalCode?: string;
}

/** The server would refuse all our letters, perhaps also the one that reports this. */
export class RefusesUs extends Error {
  override readonly name = 'RefusesUs';
  constructor(
    readonly code: string,
    readonly responseCode: number | undefined,
    readonly enhancedCode: string | undefined,
  ) {
    super(`the mail server refuses us: ${code}`);
  }
}

function wentWrong(error: SmtpError, hasBegun: boolean): Error {
  const { responseCode = 0, code = '', originalCode = code } = error;
  if (hasBegun && (responseCode < 400 || responseCode > 599)) return new PerhapsDelivered(code);
  const meaning = meaningOf(error);
  if (meaning === 'recipient') return new RefusedForGood(responseCode);
  const isOurs = meaning === 'us' || code === 'ETLS' || code === 'EAUTH' || aboutTls.test(originalCode);
  return isOurs ? new RefusesUs(originalCode, error.responseCode, enhancedCodeOf(error)) : error;
}

/** Node's codes for a certificate that cannot be trusted, or a handshake that fails. */
const aboutTls = /CERT|LEAF_SIGNATURE|^ERR_(SSL|TLS)/;
