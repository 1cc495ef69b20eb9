import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import fc from 'fast-check';
import { caseKeysOf } from '../../src/privacy/caseKeys';
import { CaseCodec, keyIdOf, systemKeyId, type Encoder } from '../../src/privacy/codec';
import { KeysUnavailable, NoCaseKey } from '../../src/privacy/keyErrors';
import { localMasterKeys } from '../../src/privacy/masterKey';
import { memoOf } from '../../src/domain/views/caseMemo';
import { caseNames, watchId } from '../../src/workflows/messages';
import { aCase } from '../support/aCase';
import { rowsInMemory, type RowsInMemory } from '../support/keyRows';

const encoders: readonly Encoder[] = ['thinking', 'acting', 'asking'];

describe('the encrypted data of a case', () => {
  it.each(encoders)('are readable with the key of the case: %s', async (encoder) => {
    const sealed = await seal(ofCase('BT-1'));
    expect(await read(codecOf(encoder), sealed, ofCase('BT-1'))).toEqual({ nationality: 'HU' });
  });

  it('reveal neither their content nor their form, and hold nothing readable but the id of their key', async () => {
    const sealed = await seal(ofCase('BT-1'));
    expect(text(sealed)).not.toMatch(/HU|nationality|json|BT-1/);
    expect(Object.keys(sealed.metadata ?? {})).toEqual(['encoding', 'encryption-key-id']);
    expect(keyIdOf(sealed)).toEqual(table.rows.get('BT-1')?.keyId);
  });

  it.each(['hidden', 'told'] as const)('do not tell by their length who may know of a case: %s', async (name) => {
    const alone = { ageGroup: 'minor', unaccompanied: true } as const;
    const lengths = [aCase(), aCase({ metBy: 'shelter' }), aCase({ person: alone })].map(async ({ file, now }) => {
      const [sealed] = await codecOf('asking').encode([defaultPayloadConverter.toPayload(memoOf(file, now)[name])], ofCase('BT-1'));
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
    expect(await read(codecOf('thinking'), sealed, ofCase('BT-2'))).toEqual({ unreadable: 'other-case' });
  });

  it('are unreadable as part of another case if somebody rewrites the key that they name', async () => {
    const [ours, theirs] = [await seal(ofCase('BT-1')), await seal(ofCase('BT-2'))];
    const moved: Payload = { ...ours, metadata: theirs.metadata ?? {} };
    expect(await read(codecOf('thinking'), moved, ofCase('BT-2'))).toEqual({ unreadable: 'damaged' });
  });

  it('are unreadable in another namespace', async () => {
    const sealed = await seal(ofCase('BT-1'));
    const elsewhere = { ...ofCase('BT-1'), namespace: 'another' };
    expect(await read(codecOf('thinking'), sealed, elsewhere)).toEqual({ unreadable: 'damaged' });
  });

  it('are unreadable if somebody changed one bit', async () => {
    const sealed = await seal(ofCase('BT-1'));
    const changed = Buffer.from(sealed.data ?? []).map((byte, index) => (index === 20 ? byte ^ 1 : byte));
    expect(await read(codecOf('thinking'), { ...sealed, data: changed }, ofCase('BT-1'))).toEqual({ unreadable: 'damaged' });
  });

  it('are not accepted unencrypted', async () => {
    expect(await read(codecOf('thinking'), secret, ofCase('BT-1'))).toEqual({ unreadable: 'not-encrypted' });
  });

  it('are readable in the Web UI, which does not name the case', async () => {
    expect(await read(codecOf('asking'), await seal(ofCase('BT-1')), undefined)).toEqual({ nationality: 'HU' });
  });

  it('never stop the engine, whatever somebody puts in their place', async () => {
    const sealed = await seal(ofCase('BT-1'));
    await fc.assert(
      fc.asyncProperty(garbage(sealed), fc.boolean(), fc.constantFrom(...encoders), async (payload, named, encoder) => {
        expect(await read(codecOf(encoder), payload, named ? ofCase('BT-1') : undefined)).toHaveProperty('unreadable');
      }),
    );
  });
});

describe('data that belong to no case', () => {
  it.each([
    ['without a context', undefined],
    ['of a workflow that is no case', { type: 'workflow' as const, namespace: 'default', workflowId: watchId }],
  ])('are under the system key, and cannot be moved into a case: %s', async (_, context) => {
    const sealed = await seal(context);
    expect(keyIdOf(sealed)).toEqual(systemKeyId(systemKey));
    for (const reader of [undefined, context]) expect(await read(codecOf('asking'), sealed, reader)).toEqual({ nationality: 'HU' });
    expect(await read(codecOf('thinking'), sealed, ofCase('BT-1'))).toEqual({ unreadable: 'damaged' });
  });
});

describe('a case whose key is gone', () => {
  it('leaves markers in lists and in the Web UI, which go on', async () => {
    const sealed = await seal(ofCase('BT-1'));
    table.rows.delete('BT-1');
    for (const context of [ofCase('BT-1'), undefined])
      expect(await read(codecOf('asking'), sealed, context)).toEqual({ unreadable: 'no-key' });
  });

  it.each<Encoder>(['thinking', 'acting'])('is not read by the %s worker: its task fails, and waits for the key', async (encoder) => {
    const sealed = await seal(ofCase('BT-1'));
    table.rows.delete('BT-1');
    await expect(codecOf(encoder).decode([sealed], ofCase('BT-1'))).rejects.toThrow(NoCaseKey);
  });

  it.each<Encoder>(['thinking', 'asking'])('gets nothing from the %s side', async (encoder) => {
    await expect(codecOf(encoder).encode([secret], ofCase('BT-9'))).rejects.toThrow(NoCaseKey);
  });
});

describe('while the keys do not answer', () => {
  it('nobody reads or writes a case whose key is not in memory', async () => {
    const sealed = await seal(ofCase('BT-1'));
    table.goesAway();
    for (const encoder of encoders) await expect(codecOf(encoder).decode([sealed], ofCase('BT-1'))).rejects.toThrow(KeysUnavailable);
    for (const encoder of ['thinking', 'asking'] as const)
      await expect(codecOf(encoder).encode([secret], ofCase('BT-1'))).rejects.toThrow(KeysUnavailable);
  });

  it('the Web UI gets a marker that says so, since an error without a context ends a worker', async () => {
    const payloads = [await seal(ofCase('BT-1')), await seal(undefined)];
    table.goesAway();
    const opened = await codecOf('thinking').decode(payloads);
    expect(opened.map((each) => defaultPayloadConverter.fromPayload(each))).toEqual([{ unreadable: 'not-now' }, { nationality: 'HU' }]);
  });

  it('the acting worker writes under the system key, and the case reads it later', async () => {
    const activity = { type: 'activity', isLocal: false, namespace: 'default', workflowId: caseNames.workflowIdOf('BT-1') } as const;
    table.goesAway();
    const [sealed] = await codecOf('acting').encode([secret], activity);
    table.comesBack();
    expect(keyIdOf(sealed ?? {})).toEqual(systemKeyId(systemKey));
    expect(await read(codecOf('thinking'), sealed ?? {}, ofCase('BT-1'))).toEqual({ nationality: 'HU' });
    expect(await read(codecOf('thinking'), sealed ?? {}, ofCase('BT-2'))).toEqual({ unreadable: 'damaged' });
  });
});

const systemKey = Buffer.alloc(32, 1);
const masterKeys = localMasterKeys(() => [Buffer.alloc(32, 2)]);
const secret = defaultPayloadConverter.toPayload({ nationality: 'HU' });

let table: RowsInMemory;
beforeEach(async () => {
  table = rowsInMemory();
  const keys = caseKeysOf({ rows: table, masterKeys });
  for (const reference of ['BT-1', 'BT-2']) await keys.make(reference, 'amsterdam');
});

/** A codec of a process that has no key in memory yet. */
function codecOf(encoder: Encoder): CaseCodec {
  const keys = caseKeysOf({ rows: table, masterKeys, patienceMs: 0 });
  return new CaseCodec({ systemKey, keys, namespace: 'default', cases: caseNames }, encoder);
}

function ofCase(reference: string): SerializationContext {
  return { type: 'workflow', namespace: 'default', workflowId: caseNames.workflowIdOf(reference) };
}

async function seal(context: SerializationContext | undefined): Promise<Payload> {
  const [sealed] = await codecOf('asking').encode([secret], context);
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
  const names = fc.constantFrom('encoding', 'encryption-key-id', 'other');
  const anything = fc.record({ metadata: fc.dictionary(names, bytes), data: bytes }, { requiredKeys: [] });
  return fc.oneof(
    anything,
    anything.map(({ data }) => ({ ...sealed, data: data ?? null })),
    bytes.map((keyId) => ({ ...sealed, metadata: { ...sealed.metadata, 'encryption-key-id': keyId } })),
    fc
      .uint8Array({ minLength: 16, maxLength: 16 })
      .map((keyId) => ({ ...sealed, metadata: { ...sealed.metadata, 'encryption-key-id': keyId } })),
  );
}
