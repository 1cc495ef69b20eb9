import { z } from 'zod';

export const webAddress = z.url({ protocol: /^https?$/, error: 'a web address such as https://cases.example.org' });

/** Letters, notices and answers of the API name it. */
export const publicUrl = z.url({ protocol: /^https?$/, error: 'is required: the address at which people reach the service' });

export function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}
