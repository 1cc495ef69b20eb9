import { Client, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { findTestServer } from '../../src/embedded/temporalBinaries';
import { CaseCodec } from '../../src/privacy/codec';
import { failureConverterPath } from '../../src/privacy/dataConverter';
import { testSeals } from '../support/key';
import { asked, heard, listener, told } from './contextWorkflow';

describe('the engine', () => {
  it('tells the codec the case of each payload, on every path in and out', async () => {
    await listenTo('case-1', async (handle) => {
      expect(await handle.executeUpdate(asked, { args: ['secret update'] })).toBe('secret update answered');
      await handle.signal(told, 'secret signal');
      expect(await handle.result()).toEqual(expect.arrayContaining(everyWord));
      expect(await handle.query(heard, 'secret query')).toEqual(expect.arrayContaining([...everyWord, 'secret query']));
    });
    expect(contexts.length).toBeGreaterThan(20);
    expect(contexts.filter((context) => context?.workflowId !== 'case-1')).toEqual([]);
  });

  it('keeps no readable word of it in the history, also not of a refusal', async () => {
    await listenTo('case-2', async (handle) => {
      const refused = handle.executeUpdate(asked, { args: ['secret refused'] });
      await expect(refused).rejects.toThrow(WorkflowUpdateFailedError);
      await handle.signal(told, 'secret signal');
      await handle.result();
      const kept = Buffer.from(temporal.api.history.v1.History.encode(await handle.fetchHistory()).finish()).toString('latin1');
      expect(kept).toContain('listener');
      expect(kept).not.toContain('secret');
    });
  });

  it('replays a case from its history with the same codec', async () => {
    await listenTo('case-3', async (handle) => {
      await handle.signal(told, 'secret signal');
      await handle.result();
      const replayed = Worker.runReplayHistory(
        { workflowsPath: require.resolve('./contextWorkflow'), dataConverter: { payloadCodecs: [spy], failureConverterPath } },
        await handle.fetchHistory(),
        'case-3',
      );
      await expect(replayed).resolves.toBeUndefined();
    });
  });
});

const codec = new CaseCodec({ ...testSeals, cases: { workflowIdOf: (id) => id, referenceOf: (id) => id } }, 'thinking');
const contexts: (SerializationContext | undefined)[] = [];
/** The real codec, which also records its contexts. */
const spy: PayloadCodec = {
  encode: (payloads: Payload[], context) => (contexts.push(context), codec.encode(payloads, context)),
  decode: (payloads: Payload[], context) => (contexts.push(context), codec.decode(payloads, context)),
};
const dataConverter = { payloadCodecs: [spy], failureConverterPath };
const everyWord = ['secret start', 'secret activity repeated', 'secret update', 'secret signal'];

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  const executable = { type: 'existing-path', path: await findTestServer() } as const;
  env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
});
afterAll(async () => {
  await env.teardown();
});

type Handle = Awaited<ReturnType<Client['workflow']['start']>>;

async function listenTo(workflowId: string, talk: (handle: Handle) => Promise<void>): Promise<void> {
  contexts.length = 0;
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: workflowId,
    workflowsPath: require.resolve('./contextWorkflow'),
    activities: { repeat: async (word: string) => `${word} repeated` },
    dataConverter,
  });
  const client = new Client({ connection: env.connection, dataConverter });
  const args: Parameters<typeof listener> = [['secret start'], true];
  await worker.runUntil(async () => talk(await client.workflow.start(listener, { workflowId, taskQueue: workflowId, args })));
}
