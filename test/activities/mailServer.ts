import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail that a real SMTP server received. */
export interface ReceivedMail {
  readonly to: string;
  /** The name of each header, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** All bytes that came over the connection. */
  readonly raw: string;
}

export interface MailServer {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** The number of clients that have connected. */
  readonly connections: () => number;
  stop(): Promise<void>;
}

/**
 * The server's answer at a step of the dialogue. A code refuses, with an enhanced code if it has one. `drop` ends the connection, and
 * undefined accepts.
 */
export interface Answers {
  readonly greeting?: number;
  readonly sender?: number;
  readonly recipient?: (address: string, attempt: number) => number | string | undefined;
  readonly data?: (address: string, attempt: number) => number | string | undefined;
}

/** A real SMTP server on loopback that gives these answers and keeps the accepted mails. */
export async function startMailServer(answers: Answers = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const attempts = new Map<string, number>();
  let connections = 0;
  const attempt = (step: string) => attempts.set(step, (attempts.get(step) ?? 0) + 1).get(step) ?? 1;
  const server = new SMTPServer({
    ...{ hideSTARTTLS: true, authOptional: true, logger: false, closeTimeout: 100 },
    onConnect: (_, done) => {
      connections += 1;
      done(refusal(answers.greeting));
    },
    onMailFrom: (_, __, done) => done(refusal(answers.sender)),
    onRcptTo: ({ address }, _, done) => done(refusal(answers.recipient?.(address, attempt(`rcpt ${address}`)))),
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo.map(({ address }) => address).join();
      void read(stream).then((raw) => {
        const answer = answers.data?.(to, attempt(`data ${to}`));
        if (answer === 'drop') return void dropAll(server);
        if (answer === undefined) mails.push(parse(to, raw));
        return void done(refusal(answer));
      });
    },
  } satisfies SMTPServerOptions);
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const stop = () => new Promise<void>((resolve) => server.close(resolve));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails, connections: () => connections, stop };
}

/** A server that accepts a connection and never sends anything. */
export async function startSilentServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The address of a port without a server. */
export async function goneServer(): Promise<string> {
  const { url, stop } = await startSilentServer();
  await stop();
  return url;
}

function refusal(codes: number | string | undefined): Error | null {
  if (codes === undefined) return null;
  const [code, enhanced = ''] = String(codes).split(' ');
  // Like real mail servers, it repeats the address in its answer: a log must not repeat that.
  return Object.assign(new Error(`${enhanced} no such user secret-mailbox@example.org`.trimStart()), { responseCode: Number(code) });
}

function dropAll(server: SMTPServer): void {
  for (const connection of server.connections as Set<{ _socket: Socket }>) connection._socket.destroy();
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(to: string, raw: string): ReceivedMail {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n\s+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const text = body.join('\r\n\r\n').replaceAll('\r\n', '\n');
  const plain = headers['content-transfer-encoding'] === 'quoted-printable';
  return { to, headers, raw, text: plain ? text.replaceAll('=\n', '').replaceAll('=3D', '=') : text };
}
