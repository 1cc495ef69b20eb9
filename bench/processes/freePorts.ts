import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Ports on loopback that nobody listens on. */
export async function freePorts<T extends string>(...names: readonly T[]): Promise<Readonly<Record<T, number>>> {
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server, index) => [names[index], (server.address() as AddressInfo).port] as const);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return Object.fromEntries(ports) as Record<T, number>;
}
