import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { UserFacingError } from '../errors/userFacingError';

/** Another program listens on one of our ports. */
export class PortTaken extends UserFacingError {
  override readonly name = 'PortTaken';
}

/**
 * Checks that every port is free before anything starts. The names are the variables that set the ports. It waits up to `patienceMs`: a
 * killed process of ours leaves servers that need a moment to end.
 */
export async function requireFreePorts(ports: Readonly<Record<string, number>>, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (const [variable, port] of Object.entries(ports)) {
    while (!(await isFree(port))) {
      if (Date.now() >= deadline) throw new PortTaken(`port ${port} is in use by another program; free it, or set ${variable}`);
      await pause(200);
    }
  }
}

/** A port that nobody listens on. */
export async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

/** A range of ports below those of outgoing connections (32768 and up): a port that is free now is still free when a server opens it. */
export interface PortRange {
  readonly lowest: number;
  readonly size: number;
}

let turn = randomInt(10_000);

/** This many free ports of a range. No port is given twice before the whole range has had its turn. */
export async function freePorts(count: number, { lowest, size }: PortRange): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    turn += 1;
    const port = lowest + (turn % size);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** Whether nobody listens on a port of this machine. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
