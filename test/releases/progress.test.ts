import { Client } from '@temporalio/client';
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

let runId: string;
let pendingActivities: object[];
let progress: ProgressOfCases;

beforeEach(() => {
  jest.useFakeTimers();
  [runId, pendingActivities] = ['run-1', []];
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
  const describe = async () => ({ status: { name: 'RUNNING' }, runId, raw: { pendingActivities } });
  jest.spyOn(made.workflow, 'getHandle').mockImplementation(() => ({ describe }) as never);
  return made;
}
