import { z } from 'zod';

/** The address of the mail server. */
export const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: 'is required: smtp://host:port or smtps://host:port' })
  .refine(isBareAddress, 'a name, a password, a host and a port, and nothing after them; in name and password % is written %25');

/**
 * Whether an address has nothing after the port. Settings there could switch off the protection of letters and password on the network, so
 * none are allowed.
 */
function isBareAddress(address: string): boolean {
  const { pathname, search, hash, username, password } = new URL(address);
  if (!['', '/'].includes(pathname) || search !== '' || hash !== '') return false;
  return [username, password].every((text) => !/%(?![0-9a-f]{2})/i.test(text));
}
