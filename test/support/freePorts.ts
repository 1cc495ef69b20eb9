import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// These ports lie below those of outgoing connections (32768 and up). So a port that is free now is still free when a server opens it.
const lowest = 10_000;
/** Each process of the test runner has its own range. */
const stretch = 10_000;
const first = lowest + (Number(process.env['JEST_WORKER_ID'] ?? 1) % 2) * stretch;
let offset = randomInt(stretch);

/** This many free ports of this machine. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    offset = (offset + 1) % stretch;
    if (await isFree(first + offset)) ports.push(first + offset);
  }
  return ports;
}

/** Whether a port of this machine is free. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen({ port, host: '127.0.0.1', exclusive: true });
  const free = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)]).catch(() => false);
  if (free) await once(server.close(), 'close');
  return free;
}
