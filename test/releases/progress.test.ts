import { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { ProgressOfCases } from '../../src/releases/progress';

describe('a case that has nothing under way', () => {
  it('is stuck only if the same run was free for twenty seconds', async () => {
    expect(await observed()).toBe('free');
    await seconds(19);
    expect(await observed()).toBe('free');
    await seconds(1);
    expect(await observed()).toBe('stuck');
  });

  it('is free anew in a new run, as after a letter that was answered late', async () => {
    expect(await observed()).toBe('free');
    await seconds(60);
    runId = 'run-2';
    expect(await observed()).toBe('free');
  });

  it('is free anew after a letter of the same run', async () => {
    expect(await observed()).toBe('free');
    await seconds(60);
    pendingActivities = [{}];
    expect(await observed()).toBe('busy');
    pendingActivities = [];
    expect(await observed()).toBe('free');
  });
});

describe('a case whose new run tries its first task for the third time', () => {
  const { EVENT_TYPE_WORKFLOW_TASK_FAILED: failed, EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT: timedOut } = temporal.api.enums.v1.EventType;

  beforeEach(() => {
    [runId, attempt] = ['run-2', 3];
  });

  it('fails if the code failed', async () => {
    events = [{ eventType: failed }];
    expect(await observed()).toBe('failing');
  });

  it('goes over later if the task found no time, and fails if that never ends', async () => {
    events = [{ eventType: timedOut }];
    expect(await observed()).toBe('busy');
    attempt = 6;
    expect(await observed()).toBe('failing');
  });
});

let runId: string;
let attempt: number;
let events: object[];
let pendingActivities: object[];
let progress: ProgressOfCases;

beforeEach(() => {
  jest.useFakeTimers();
  [runId, attempt, events, pendingActivities] = ['run-1', 0, [], []];
  progress = new ProgressOfCases(client(), 'target');
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

function observed() {
  return progress.of({ workflowId: 'pathway/BT-TEST-1', runId: 'run-1' });
}

async function seconds(count: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(count * 1_000);
}

/** A client of an engine in which the case is as the test says. */
function client(): Client {
  const made = new Client();
  const describe = async () => ({ status: { name: 'RUNNING' }, runId, raw: { pendingActivities, pendingWorkflowTask: { attempt } } });
  const fetchHistory = async () => ({ events });
  jest.spyOn(made.workflow, 'getHandle').mockImplementation(() => ({ describe, fetchHistory }) as never);
  return made;
}
