import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the ports that systems give to outgoing connections (32768 and up): a port that is free now is free when a server opens it.
const lowest = 10_000;
/** Each process of the test runner looks in a stretch of its own. */
const stretch = 10_000;
const first = lowest + (Number(process.env['JEST_WORKER_ID'] ?? 1) % 2) * stretch;
let offset = randomInt(stretch);

/** So many ports of this machine on which nobody listens. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    offset = (offset + 1) % stretch;
    if (await isFree(first + offset)) ports.push(first + offset);
  }
  return ports;
}

/** Whether nobody listens on a port of this machine. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen({ port, host: '127.0.0.1', exclusive: true });
  const free = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)]).catch(() => false);
  if (free) await once(server.close(), 'close');
  return free;
}
