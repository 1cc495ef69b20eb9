import { connect, isIP, type Socket } from 'node:net';
import { connect as connectOverTls } from 'node:tls';
import type { Patience } from './patience';

/** A mail server by its address, and a way to open a connection on which it has started to greet us. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps). */
  readonly secure: boolean;
  /** Whether TLS must come before everything else, by STARTTLS if the connection does not begin with it. */
  readonly needsTls: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
  /** The function through which nodemailer gets a connection. */
  readonly getSocket: (options: unknown, done: Done) => void;
  /** Ends the connections on which no greeting has arrived yet. */
  close(): void;
}

type Done = (error: Error | null, made?: { connection: Socket; secured: boolean }) => void;

/**
 * The server of an SMTP address. Settings after a `?` are ignored: with them nodemailer would let an operator switch verification or TLS
 * off. On loopback a letter may go in clear, but no password.
 */
export function greetingServer(smtpUrl: string, plain: boolean, waits: Pick<Patience, 'connection' | 'greeting'>): MailServer {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const secure = protocol === 'smtps:';
  const auth = username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  const address = { host, port: Number(port) || (secure ? 465 : 587) };
  const waiting = new Set<Socket>();
  return {
    ...address,
    secure,
    needsTls: !secure && !plain && (auth !== undefined || !isLoopback(host)),
    auth,
    getSocket(_, done) {
      const socket = secure ? connectOverTls({ ...address, ...(isIP(host) === 0 ? { servername: host } : {}) }) : connect(address);
      waiting.add(socket);
      greeted(socket, secure, waits)
        .then(
          () => done(null, { connection: socket, secured: secure }),
          (error: unknown) => done(error as Error),
        )
        .finally(() => waiting.delete(socket));
    },
    close() {
      for (const socket of waiting) socket.destroy();
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Resolves once the server has greeted us; the greeting is then still to be read. RFC 5321 gives the greeting minutes. nodemailer has one
 * limit for the greeting and for the handshake of STARTTLS, and counts both from the connection on. So this function waits for the
 * greeting.
 */
function greeted(socket: Socket, secure: boolean, { connection, greeting }: Pick<Patience, 'connection' | 'greeting'>): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer = setTimeout(tooLate, connection);
    let heard = Buffer.alloc(0);
    socket
      .once(secure ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        timer = setTimeout(tooLate, greeting);
      })
      .on('readable', hear)
      .on('error', reject)
      .once('close', () => fail('ECONNECTION'));

    // Some servers send half the greeting at once and the rest much later, to detect clients that cannot wait.
    function hear(): void {
      heard = Buffer.concat([heard, (socket.read() as Buffer | null) ?? Buffer.alloc(0)]);
      if (!/^\d{3}(?!-).*\r?\n/m.test(heard.toString('latin1'))) return;
      clearTimeout(timer);
      socket.off('readable', hear).unshift(heard);
      resolve();
    }

    function tooLate(): void {
      socket.destroy();
      fail('ETIMEDOUT');
    }

    function fail(code: string): void {
      clearTimeout(timer);
      reject(Object.assign(new Error('no greeting'), { code }));
    }
  });
}
