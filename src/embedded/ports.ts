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

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
