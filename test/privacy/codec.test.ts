import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import fc from 'fast-check';
import { CaseCodec } from '../../src/privacy/codec';
import { aCase } from '../support/aCase';
import { memoOf } from '../../src/domain/views/caseMemo';

describe('the encrypted data of a case', () => {
  it('are readable with the key', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(await read(codec, sealed, ofCase('BT-1'))).toEqual({ nationality: 'HU' });
  });

  it('reveal neither their content nor their form', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(text(sealed)).not.toMatch(/HU|nationality|json/);
  });

  it.each(['hidden', 'told'] as const)('do not tell by their length who may know of a case: %s', async (name) => {
    const alone = { ageGroup: 'minor', unaccompanied: true } as const;
    const lengths = [aCase(), aCase({ metBy: 'shelter' }), aCase({ person: alone })].map(async ({ file, now }) => {
      const [sealed] = await codec.encode([defaultPayloadConverter.toPayload(memoOf(file, now)[name])], ofCase('BT-1'));
      return sealed?.data?.length;
    });
    const [length, ...others] = await Promise.all(lengths);
    expect(length).toBeGreaterThan(0);
    expect(others).toEqual([length, length]);
  });

  it('never look the same twice', async () => {
    const [one, other] = [await seal(ofCase('BT-1')), await seal(ofCase('BT-1'))];
    expect(one.data).not.toEqual(other.data);
  });

  it('are unreadable as part of another case', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(await read(codec, sealed, ofCase('BT-2'))).toEqual({ unreadable: 'other-case' });
  });

  it('are unreadable as part of another case if somebody rewrites the case that they belong to', async () => {
    const [ours, theirs] = [await seal(ofCase('BT-1')), await seal(ofCase('BT-2'))];
    const moved: Payload = { ...ours, metadata: theirs.metadata ?? {} };
    expect(await read(codec, moved, ofCase('BT-2'))).toEqual({ unreadable: 'damaged' });
  });

  it('are unreadable with another key', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(await read(new CaseCodec(Buffer.alloc(32, 2)), sealed, ofCase('BT-1'))).toEqual({ unreadable: 'wrong-key' });
  });

  it('are unreadable if somebody changed one bit', async () => {
    const sealed = await seal(ofCase('BT-1'));
    const changed = Buffer.from(sealed.data ?? []).map((byte, index) => (index === 20 ? byte ^ 1 : byte));
    expect(await read(codec, { ...sealed, data: changed }, ofCase('BT-1'))).toEqual({ unreadable: 'damaged' });
  });

  it('are not accepted unencrypted', async () => {
    expect(await read(codec, secret, ofCase('BT-1'))).toEqual({ unreadable: 'not-encrypted' });
  });

  it('are readable in the Web UI, which does not name the case', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(await read(codec, sealed, undefined)).toEqual({ nationality: 'HU' });
  });

  it('without a case in their context belong to no case, and cannot be moved into one', async () => {
    const sealed = await seal(undefined);
    expect(await read(codec, sealed, undefined)).toEqual({ nationality: 'HU' });
    expect(await read(codec, sealed, ofCase('BT-1'))).toEqual({ unreadable: 'other-case' });
  });

  it('never stop the engine, whatever somebody puts in their place', async () => {
    const sealed = await seal(ofCase('BT-1'));
    await fc.assert(
      fc.asyncProperty(garbage(sealed), fc.boolean(), async (payload, named) => {
        expect(await read(codec, payload, named ? ofCase('BT-1') : undefined)).toHaveProperty('unreadable');
      }),
    );
  });
});

const codec = new CaseCodec(Buffer.alloc(32, 1));
const secret = defaultPayloadConverter.toPayload({ nationality: 'HU' });

function ofCase(workflowId: string): SerializationContext {
  return { type: 'workflow', namespace: 'default', workflowId };
}

async function seal(context: SerializationContext | undefined): Promise<Payload> {
  const [sealed] = await codec.encode([secret], context);
  return sealed ?? {};
}

async function read(reader: CaseCodec, sealed: Payload, context: SerializationContext | undefined): Promise<unknown> {
  const [opened] = await reader.decode([sealed], context);
  return defaultPayloadConverter.fromPayload(opened ?? {});
}

function text(payload: Payload): string {
  const parts = [...Object.values(payload.metadata ?? {}), payload.data ?? []];
  return Buffer.concat(parts.map((part) => Buffer.from(part))).toString('latin1');
}

/** Any payload; or one of ours with one part replaced. */
function garbage(sealed: Payload): fc.Arbitrary<Payload> {
  const bytes = fc.uint8Array({ maxLength: 80 });
  const names = fc.constantFrom('encoding', 'encryption-key-id', 'encryption-bound-to', 'other');
  const anything = fc.record({ metadata: fc.dictionary(names, bytes), data: bytes }, { requiredKeys: [] });
  return fc.oneof(
    anything,
    anything.map(({ data }) => ({ ...sealed, data: data ?? null })),
    bytes.map((bond) => ({ ...sealed, metadata: { ...sealed.metadata, 'encryption-bound-to': bond } })),
  );
}
