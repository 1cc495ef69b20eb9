import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * The address of a caller: that of the connection, or the one that a trusted proxy names in `X-Forwarded-For`. Express knows the trusted
 * proxies. Of a header that a caller wrote nothing but an address may reach the record of who did what.
 */
export function addressOf({ ip, socket }: Request): string | undefined {
  return ip !== undefined && isIP(ip) !== 0 ? ip : socket.remoteAddress;
}
