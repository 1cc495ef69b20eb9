import { randomInt } from 'node:crypto';

/** The address of a server. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * An address on this machine for a server behind a door. On Linux all of 127.0.0.0/8 is ours. So a page that looks for a way around the
 * door has to guess among millions of addresses.
 */
export function hiddenHost(): string {
  const number = () => randomInt(1, 255);
  return process.platform === 'linux' ? `127.${number()}.${number()}.${number()}` : '127.0.0.1';
}
