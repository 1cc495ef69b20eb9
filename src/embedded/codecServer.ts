import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Payload } from '@temporalio/common';
import { keepDoor } from './door';

const bodyLimit = 4 * 1024 * 1024;

/** A payload as the Web UI sends it: bytes in base64. */
interface PayloadOnTheWire {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly data?: string;
}

export interface CodecServerSettings {
  readonly port: number;
  /** The addresses of the Web UI. Pages of any other origin are refused. */
  readonly uiOrigins: readonly string[];
  /**
   * Never throws: a payload that cannot be read becomes a marker. The UI names no workflow, so the payload itself must say which case it
   * belongs to.
   */
  readonly decode: (payloads: Payload[]) => Promise<Payload[]>;
}

export interface CodecServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** A request that is refused, with the HTTP status of the answer. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Decodes payloads for the Temporal Web UI, on loopback. It only decodes, so nobody can change a case through it. */
export async function startCodecServer(settings: CodecServerSettings): Promise<CodecServer> {
  const server = createServer((request, response) => void answer(request, response, settings));
  keepDoor(server, settings.uiOrigins);
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, settings: CodecServerSettings): Promise<void> {
  try {
    allow(request, response);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const payloads = await convert(request, settings);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ payloads }));
  } catch (error) {
    const refused = error instanceof Refused ? error : new Refused(400, 'not a list of payloads');
    // The rest of a refused body stays unread, so the connection ends here. Otherwise that rest would be taken for the next request.
    response
      .writeHead(refused.status, { 'content-type': 'application/json', connection: 'close' })
      .end(JSON.stringify({ message: refused.message }));
  }
}

/** The door has already refused every other origin, so this caller may read the answer. */
function allow(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('cache-control', 'no-store').setHeader('vary', 'origin');
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-methods', 'POST, OPTIONS');
  response.setHeader('access-control-allow-headers', 'content-type, x-namespace, authorization, authorization-extras');
}

async function convert(request: IncomingMessage, settings: CodecServerSettings): Promise<PayloadOnTheWire[]> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path !== '/decode' && path !== '/encode') throw new Refused(404, 'this server only knows /decode');
  if (request.method !== 'POST') throw new Refused(405, 'POST only');
  const { payloads } = JSON.parse(await body(request)) as { payloads?: PayloadOnTheWire[] };
  if (!Array.isArray(payloads)) throw new Refused(400, 'not a list of payloads');
  // The Temporal CLI encodes an empty list before every query. Refusing that list would make its queries impossible.
  if (path === '/encode' && payloads.length > 0) throw new Refused(403, 'this server only decodes');
  return path === '/encode' ? [] : (await settings.decode(payloads.map(fromWire))).map(toWire);
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new Refused(413, 'the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function fromWire({ metadata, data }: PayloadOnTheWire): Payload {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data ?? '', 'base64') };
}

function toWire({ metadata, data }: Payload): PayloadOnTheWire {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(entries), data: base64(data ?? new Uint8Array()) };
}
