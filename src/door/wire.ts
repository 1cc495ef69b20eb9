import type { Payload } from '@temporalio/common';
import { z } from 'zod';

const base64 = z.base64();

/** A list of payloads as the Web UI and the command line send it: bytes in base64. */
const listOnTheWire = z.object({
  payloads: z.array(z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() })),
});
type PayloadOnTheWire = z.infer<typeof listOnTheWire>['payloads'][number];

/** The payloads in a body; undefined if it holds no list of them. */
export function payloadsIn(body: unknown): Payload[] | undefined {
  const read = listOnTheWire.safeParse(body);
  return read.success ? read.data.payloads.map(fromWire) : undefined;
}

/** A body with these payloads. */
export function bodyWith(payloads: readonly Payload[]): { readonly payloads: readonly PayloadOnTheWire[] } {
  return { payloads: payloads.map(toWire) };
}

function fromWire({ metadata = {}, data = '' }: PayloadOnTheWire): Payload {
  const entries = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
}

function toWire({ metadata, data }: Payload): PayloadOnTheWire {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, text(value)] as const);
  return { metadata: Object.fromEntries(entries), data: text(data ?? new Uint8Array()) };
}
