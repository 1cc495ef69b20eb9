import { once } from 'node:events';
import { connect } from 'node:net';

/** An answer as it came over the connection. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Sends these bytes to a server. Returns its answers until it closes the connection, or until there are enough. */
export async function overTheWire(address: string, sent: string | Buffer, { answers = 1, hangUp = false } = {}): Promise<RawAnswer[]> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => {
    pieces.push(piece);
    if (answersIn(Buffer.concat(pieces)).filter(isFinal).length >= answers) socket.destroy();
  });
  socket.write(sent);
  // The client breaks off: it sends nothing more, and still waits for the answer.
  if (hangUp) socket.end();
  await once(socket, 'close');
  return answersIn(Buffer.concat(pieces));
}

/** Whether this is the last answer: after a 1xx status another answer follows. */
export function isFinal({ status }: RawAnswer): boolean {
  return status >= 200;
}

function answersIn(bytes: Buffer): RawAnswer[] {
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return [];
  const [first = '', ...lines] = bytes.subarray(0, head).toString('latin1').split('\r\n');
  const headers = new Headers(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  const length = Number(headers.get('Content-Length') ?? 0);
  const rest = bytes.subarray(head + 4);
  if (rest.length < length) return [];
  const answer = { status: Number(first.split(' ')[1]), headers, body: rest.subarray(0, length).toString() };
  return [answer, ...answersIn(rest.subarray(length))];
}
