import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { freePorts } from '../../support/freePorts';

/** A mail that the server accepted. */
export interface TakenMail {
  readonly to: string;
  readonly messageId: string;
  readonly raw: string;
}

/** The server's answer to an address. A code refuses it, a promise makes it wait, and undefined accepts the mail. */
export type Behaviour = (address: string) => number | Promise<void> | undefined;

/** A real SMTP server whose answers a test changes while it runs. */
export interface PostOffice {
  readonly url: string;
  readonly mails: readonly TakenMail[];
  /** The mails to one address. */
  to(address: string): TakenMail[];
  says(behaviour: Behaviour): void;
  /** Closes the server. */
  goesAway(): Promise<void>;
  comesBack(): Promise<void>;
  /** Resolves when a client next names this address. */
  isAskedFor(address: string): Promise<void>;
}

export const takesAll: Behaviour = () => undefined;

export async function openPostOffice(): Promise<PostOffice> {
  const mails: TakenMail[] = [];
  let behaviour = takesAll;
  let waiting: { address: string; resolve: () => void }[] = [];

  const answer = async (address: string): Promise<Error | null> => {
    for (const each of waiting) if (each.address === address) each.resolve();
    waiting = waiting.filter((each) => each.address !== address);
    const code = await behaviour(address);
    return code === undefined ? null : Object.assign(new Error('no'), { responseCode: code });
  };
  const newServer = () => {
    const server = new SMTPServer({
      ...{ hideSTARTTLS: true, authOptional: true, logger: false, closeTimeout: 100, disableReverseLookup: true },
      onRcptTo: ({ address }, _, done) => void answer(address).then(done),
      onData: (stream, { envelope }, done) => {
        const take = (raw: string) => {
          const messageId = /^Message-ID:\s*(\S+)/im.exec(raw)?.[1] ?? '';
          mails.push({ to: envelope.rcptTo.map((each) => each.address).join(), messageId, raw });
          done();
        };
        // A sender that breaks off halfway delivers no mail.
        read(stream).then(take, done);
      },
    });
    // A connection that breaks is no fault of the server.
    server.on('error', () => undefined);
    return server;
  };

  let server = newServer();
  const [port = 0] = await freePorts(1);
  const listen = async () => {
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
  };
  await listen();
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    to: (address) => mails.filter((mail) => mail.to === address),
    says: (next) => {
      behaviour = next;
    },
    goesAway: () => closed(server),
    async comesBack() {
      server = newServer();
      await listen();
    },
    isAskedFor: (address) => new Promise((resolve) => waiting.push({ address, resolve })),
  };
}

// Also cuts connections that senders keep for their next mail. A server that is gone answers nobody.
function closed(server: SMTPServer): Promise<void> {
  for (const connection of server.connections as Set<{ _socket?: { destroy(): void } }>) connection._socket?.destroy();
  return new Promise((resolve) => {
    server.close(resolve);
  });
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
