import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import fc from 'fast-check';
import { CaseCodec } from '../../src/privacy/codec';

describe('what Temporal keeps of a case', () => {
  it('is read again by whoever has the key', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(await read(codec, sealed, ofCase('BT-1'))).toEqual({ nationality: 'HU' });
  });

  it('shows neither its content nor its form', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(text(sealed)).not.toMatch(/HU|nationality|json/);
  });

  it('never looks the same twice', async () => {
    const [one, other] = [await seal(ofCase('BT-1')), await seal(ofCase('BT-1'))];
    expect(one.data).not.toEqual(other.data);
  });

  it('is not read as part of another case', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(await read(codec, sealed, ofCase('BT-2'))).toEqual({ unreadable: 'other-case' });
  });

  it('is not read as part of another case by one who rewrites where it belongs', async () => {
    const [ours, theirs] = [await seal(ofCase('BT-1')), await seal(ofCase('BT-2'))];
    const moved: Payload = { ...ours, metadata: theirs.metadata ?? {} };
    expect(await read(codec, moved, ofCase('BT-2'))).toEqual({ unreadable: 'damaged' });
  });

  it('is not read with another key', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(await read(new CaseCodec(Buffer.alloc(32, 2)), sealed, ofCase('BT-1'))).toEqual({ unreadable: 'wrong-key' });
  });

  it('is not read when somebody changed a bit of it', async () => {
    const sealed = await seal(ofCase('BT-1'));
    const changed = Buffer.from(sealed.data ?? []).map((byte, index) => (index === 20 ? byte ^ 1 : byte));
    expect(await read(codec, { ...sealed, data: changed }, ofCase('BT-1'))).toEqual({ unreadable: 'damaged' });
  });

  it('is not taken from somebody who sends it unencrypted', async () => {
    expect(await read(codec, secret, ofCase('BT-1'))).toEqual({ unreadable: 'not-encrypted' });
  });

  it('is read in the Web UI, which does not say to which case it belongs', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(await read(codec, sealed, undefined)).toEqual({ nationality: 'HU' });
  });

  it('belongs to no case when the engine names none, and then to none it is moved into', async () => {
    const sealed = await seal(undefined);
    expect(await read(codec, sealed, undefined)).toEqual({ nationality: 'HU' });
    expect(await read(codec, sealed, ofCase('BT-1'))).toEqual({ unreadable: 'other-case' });
  });

  it('never stops the engine, whatever stands in its place', async () => {
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

/** Anything at all; or ours, with one of its parts replaced. */
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
