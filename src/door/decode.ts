import type { Payload, PayloadCodec } from '@temporalio/common';
import type { Caller, Role } from '../domain/basics/roles';
import { may } from '../domain/rights/rights';
import { away } from './refused';
import { keyIdOf, keyIdsIn, unreadable, type Unreadable } from '../privacy/codec';

/** A line of the record of who did what (docs/audit.md). The record keeps a keyed hash in place of the reference. */
interface DecodeLine {
  readonly did: 'decode';
  readonly who: string;
  readonly roles: readonly Role[];
  readonly office?: string | undefined;
  readonly partner?: string | undefined;
  readonly reference?: string;
  readonly purpose: 'oversight';
  readonly outcome: 'seen' | 'refused';
  readonly status?: number;
  readonly request: string;
  readonly trace: string;
}

/** Somebody who asks for payloads to be decoded, and the names of their request. */
export interface Asking {
  readonly caller: Caller;
  readonly request: string;
  readonly trace: string;
}

/** The case that a key is of. */
interface CaseOfKey {
  readonly keyId: Buffer;
  readonly reference: string;
  readonly office: string;
}

export interface DecodingParts {
  readonly rows: { ofKeyIds(keyIds: readonly Buffer[]): Promise<readonly CaseOfKey[]> };
  readonly codec: Required<Pick<PayloadCodec, 'decode'>>;
  /** The id of the key of payloads that belong to no case. */
  readonly systemKeyId: Buffer;
  readonly audit: { write(line: DecodeLine, how: { readonly durable: boolean }): Promise<void> };
}

export interface Decoding {
  /** Decodes the payloads of the cases that are the caller's to see. Without a line about each case there is no answer. */
  decode(payloads: readonly Payload[], asking: Asking): Promise<Payload[]>;
  /** Records that somebody was not let in. */
  refuse(asking: Asking, status: number): Promise<void>;
}

const seen = { outcome: 'seen' } as const;
/** The list is answered, with a marker in the place of each payload of such a case. */
const refusedInPart = { outcome: 'refused', status: 200 } as const;

export function decodingFor({ rows, codec, systemKeyId, audit }: DecodingParts): Decoding {
  const write = async (lines: readonly DecodeLine[]) => {
    await Promise.all(lines.map((line) => audit.write(line, { durable: true }))).catch(() => {
      throw away('the record of who looked cannot be written; try again');
    });
  };
  return {
    decode: async (payloads, asking) => {
      const cases = await rows.ofKeyIds(keyIdsIn(payloads));
      const caseOf = new Map(cases.map((row) => [row.keyId.toString('hex'), { ...row, theirs: isTheirs(asking.caller, row) }]));
      // The codec still knows a key whose row was just taken away. Nobody may decode by it: the row says of which office the case is.
      const kept = payloads.map((payload): Unreadable | undefined => {
        const keyId = keyIdOf(payload);
        if (keyId === undefined) return undefined;
        const found = caseOf.get(keyId.toString('hex'));
        if (found === undefined) return keyId.equals(systemKeyId) ? 'not-yours' : 'no-key';
        return found.theirs ? undefined : 'not-yours';
      });
      const opened = await codec.decode(payloads.filter((_, index) => kept[index] === undefined));
      const answers = kept.map((why) => (why === undefined ? (opened.shift() ?? unreadable('damaged')) : unreadable(why)));
      await write(
        [...caseOf.values()].map(({ reference, theirs }) => ({ ...lineOf(asking), reference, ...(theirs ? seen : refusedInPart) })),
      );
      return answers;
    },
    refuse: (asking, status) => write([{ ...lineOf(asking), outcome: 'refused', status }]),
  };
}

/** A supervisor may know of every case of the office, hidden from the police or not. So it does not matter here that nobody says which is. */
function isTheirs(caller: Caller, { office }: CaseOfKey): boolean {
  return may(caller, 'decode', { office, hidden: true }) === 'yes';
}

function lineOf({ caller, request, trace }: Asking): Omit<DecodeLine, 'outcome'> {
  const { id: who, roles, office, partner } = caller;
  return { did: 'decode', who, roles, office, partner, purpose: 'oversight', request, trace };
}
