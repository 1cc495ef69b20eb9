import { Client, Connection } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { LateMoment } from '../../src/domain/views/lateMoment';
import { caseKeysOf, type CaseKeys } from '../../src/privacy/caseKeys';
import { CaseCodec } from '../../src/privacy/codec';
import { readMasterKeys } from '../../src/privacy/keyFiles';
import { localMasterKeys } from '../../src/privacy/masterKey';
import { socketOf } from '../../src/settings/databasePlace';
import { openStore } from '../../src/store/store';
import { effects } from '../../src/workflows/effects';
import { caseNames, cooperation, pathwayQueue, workflowIdOf, workflowType, type PathwayStart } from '../../src/workflows/messages';
import { aCase, freshCase } from '../support/aCase';
import { until } from '../support/until';
import type { Settings } from './service';

const { CommandType, EventType } = temporal.api.enums.v1;
const { ScheduleActivityTaskCommandAttributes } = temporal.api.command.v1;
const namespace = 'default';

/** The engine of an installation, for somebody who reaches it and has its keys: past the API, and past every worker of ours. */
export async function engineOf(dataDir: string, { TEMPORAL_PORT }: Pick<Settings, 'TEMPORAL_PORT'>) {
  const connection = await Connection.connect({ address: `127.0.0.1:${TEMPORAL_PORT}` });
  const { workflowService } = connection;

  /** All events of a case, over all its runs. */
  async function eventsOf(reference: string): Promise<readonly temporal.api.history.v1.IHistoryEvent[]> {
    const query = `WorkflowId = '${workflowIdOf(reference)}'`;
    const { executions } = await workflowService.listWorkflowExecutions({ namespace, query });
    const histories = executions.map(({ execution }) =>
      workflowService.getWorkflowExecutionHistory({ namespace, execution: execution ?? null }),
    );
    return (await Promise.all(histories)).flatMap(({ history }) => history?.events ?? []);
  }

  async function untilThereIs(reference: string, type: temporal.api.enums.v1.EventType): Promise<void> {
    await until(`${reference} has an event ${EventType[type]}`, async () =>
      (await eventsOf(reference)).some(({ eventType }) => eventType === type),
    );
  }

  async function withKeys<Answer>(use: (keys: CaseKeys) => Promise<Answer>): Promise<Answer> {
    const store = openStore({ socket: socketOf(dataDir) ?? '' });
    try {
      return await use(caseKeysOf({ rows: store.caseKeys, masterKeys: localMasterKeys(() => readMasterKeys(dataDir)) }));
    } finally {
      await store.close();
    }
  }

  /** A codec that has the key of one case and no other. */
  async function codecFor(reference: string): Promise<CaseCodec> {
    const key = await withKeys((keys) => keys.ofReference(reference));
    const keys = {
      ofReference: async (asked: string) => (asked === reference ? key : undefined),
      ofKeyIds: async () => [],
    };
    return new CaseCodec({ systemKey: Buffer.alloc(32, 9), keys, namespace, cases: caseNames }, 'asking');
  }

  /** A text under the key of a case, in the place of JSON. */
  async function sealedFor(reference: string, text: string): Promise<Payload[]> {
    const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(text) };
    return (await codecFor(reference)).encode([payload], { type: 'workflow', namespace, workflowId: workflowIdOf(reference) });
  }

  /** Begins a case with this input, as a text. */
  async function begin(reference: string, input: string): Promise<void> {
    await withKeys((keys) => keys.make(reference, 'amsterdam'));
    await workflowService.startWorkflowExecution({
      namespace,
      workflowId: workflowIdOf(reference),
      workflowType: { name: workflowType },
      taskQueue: { name: pathwayQueue },
      requestId: reference,
      input: { payloads: await sealedFor(reference, input) },
    });
  }

  return {
    eventsOf,
    codecFor,
    describe: (reference: string) =>
      workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: workflowIdOf(reference) } }),

    /** A signal that nobody encrypted. */
    signalPlain: (reference: string, told: object) =>
      new Client({ connection }).workflow.getHandle(workflowIdOf(reference)).signal(cooperation, told),

    /** A signal under the right key with a text that is no JSON. It makes a task of its case fail. */
    signalWithoutJson: async (reference: string, text: string) => {
      await workflowService.signalWorkflowExecution({
        namespace,
        workflowExecution: { workflowId: workflowIdOf(reference) },
        signalName: cooperation.name,
        input: { payloads: await sealedFor(reference, text) },
      });
      await untilThereIs(reference, EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED);
    },

    /** An activity of ours, asked for by a workflow that is not ours, gets a text under the right key that is no JSON. */
    failActivity: async (reference: string, text: string) => {
      await withKeys((keys) => keys.make(reference, 'amsterdam'));
      const [taskQueue, workflowType] = [{ name: 'another' }, { name: 'another' }];
      const workflowId = workflowIdOf(reference);
      await workflowService.startWorkflowExecution({ namespace, workflowId, workflowType, taskQueue, requestId: reference });
      // The engine answers a poll only to somebody who says how long they wait.
      const poll = () => workflowService.pollWorkflowTaskQueue({ namespace, taskQueue });
      const { taskToken } = await connection.withDeadline(Date.now() + 60_000, poll);
      const scheduled = ScheduleActivityTaskCommandAttributes.fromObject({
        activityId: '1',
        activityType: { name: 'sendDigests' },
        taskQueue: { name: effects.notify.taskQueue },
        input: { payloads: await sealedFor(reference, text) },
        startToCloseTimeout: { seconds: 60 },
        retryPolicy: { maximumAttempts: 1 },
      });
      const commandType = CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK;
      const commands = [{ commandType, scheduleActivityTaskCommandAttributes: scheduled }];
      await workflowService.respondWorkflowTaskCompleted({ namespace, taskToken, commands });
      await untilThereIs(reference, EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED);
    },

    /** A case with this text for every period of its edition. No rule can read it, and the words of the error repeat it. */
    failWorkflow: async (reference: string, text: string) => {
      const start = JSON.stringify({ version: 1, start: { ...aCase().file.start, reference } });
      await begin(reference, start.replace(/"PT?\d+[A-Z]"/g, JSON.stringify(text)));
      await untilThereIs(reference, EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED);
    },

    /** A case whose run before ended while it still had to write these moments into the register. */
    openLate: (reference: string, late: readonly LateMoment[]) =>
      begin(
        reference,
        JSON.stringify({ version: 1, start: { ...freshCase().file.start, reference }, owed: { late } } satisfies PathwayStart),
      ),

    close: () => connection.close(),
  };
}
