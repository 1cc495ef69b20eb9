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
  /** The name that stands before our address. */
  readonly senderName: string;
  readonly subject: string;
  readonly text: string;
  readonly language: Language;
  /** The first half of its Message-ID. */
  readonly id: string;
}

/** How a mail is sent. */
export interface Sending {
  /** Breaks it off, wherever it is. */
  readonly signal?: AbortSignal | undefined;
  /** Called when its data begin to leave: from then on nobody knows whether it arrives, until the answer. */
  readonly onData?: (() => void) | undefined;
}

export interface Mailer {
  /**
   * Answers with the Message-ID once the server has taken the mail; throws `RefusedForGood`, `PerhapsDelivered`, or, where nothing can
   * have been delivered, what passes and may be tried again.
   */
  send(mail: Mail, sending?: Sending): Promise<string>;
  /** Ends the open connections. */
  close(): void;
}

/** Where activities say what went wrong. */
export interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface MailerSettings {
  /** smtp:// or smtps://, with a name and a password where there is a login. Nothing else of the address is heeded. */
  readonly smtpUrl: string;
  /** Our address. */
  readonly from: string;
  /** Whether letters, and the password, may go in clear; without it a server elsewhere, or one with a login, is spoken to over TLS only. */
  readonly plain?: boolean | undefined;
  readonly patience?: Patience | undefined;
}

/** Speaks SMTP over a few connections that stay open for a while. */
export function createMailer({ smtpUrl, from, plain = false, patience: waits = patience }: MailerSettings): Mailer {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const server = greetingServer(smtpUrl, plain, waits);
  const transport = createTransport({ ...optionsFor(server, waits), name: domain });
  const letters = new WeakMap<AbortSignal, () => void>();
  // The transport makes this stream before it asks for leave to send the data, and reads of it only then.
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
    // The greeting was waited for before the transport gets the connection: this is for what comes after it.
    ...{ greetingTimeout: waits.connection, connectionTimeout: waits.untilData, socketTimeout: waits.silence },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  };
}

/** The time that one letter has, first until its data begin to leave, then until the answer; or until somebody breaks it off. */
function limited({ untilData, data }: Patience, signal: AbortSignal | undefined) {
  const own = new AbortController();
  const breakOff = () => own.abort();
  let hasBegun = false;
  // Not AbortSignal.any with a timeout in it: in Node 20 the collector may take that timeout away, and nobody is ever too late.
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
  /** What Node calls it, where nodemailer gives it a name of its own. */
  readonly originalCode?: string;
}

/** The server would turn every letter of ours away: perhaps the one that says so, too. */
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

/** Node's names of a certificate that cannot be trusted, or of a handshake that cannot be made. */
const aboutTls = /CERT|LEAF_SIGNATURE|^ERR_(SSL|TLS)/;
