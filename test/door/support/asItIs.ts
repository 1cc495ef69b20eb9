import type { PayloadConverter } from '@temporalio/common';

/** Takes a payload on the wire for the payload that it is. */
export const payloadConverter: PayloadConverter = {
  toPayload: (value: unknown) => {
    const { metadata, data } = value as { readonly metadata: Readonly<Record<string, string>>; readonly data: string };
    const entries = Object.entries(metadata).map(([name, text]) => [name, Buffer.from(text, 'base64')]);
    return { metadata: Object.fromEntries(entries) as Record<string, Uint8Array>, data: Buffer.from(data, 'base64') };
  },
  fromPayload: () => {
    throw new Error('nothing is read here');
  },
};
