import { Client } from '@temporalio/client';
import { Asked } from '../../src/releases/asked';
import type { OpenRun } from '../../src/releases/openRuns';

describe('a case that is still elsewhere', () => {
  it('is asked to rest once in a run, however long a letter is under way', async () => {
    await asked.toRest([run('run-1')]);
    jest.advanceTimersByTime(2 * 3_600_000);
    expect(asked.mayBeAsked(run('run-1'))).toBe(false);
  });

  it('is asked again ten seconds later if it began anew meanwhile, and each run once', async () => {
    await asked.toRest([run('run-1')]);
    expect(asked.mayBeAsked(run('run-2'))).toBe(false);
    jest.advanceTimersByTime(10_001);
    expect(asked.mayBeAsked(run('run-2'))).toBe(true);
    await asked.toRest([run('run-2')]);
    jest.advanceTimersByTime(10_001);
    expect(asked.mayBeAsked(run('run-2'))).toBe(false);
  });
});

let asked: Asked;

beforeEach(() => {
  jest.useFakeTimers();
  const client = new Client();
  jest.spyOn(client.workflow, 'getHandle').mockImplementation(() => ({ signal: async () => undefined }) as never);
  asked = new Asked(client, new AbortController().signal);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

function run(runId: string): OpenRun {
  const shown = { build: null, isUnversioned: false, stage: undefined, nextDate: undefined };
  return { workflowId: 'pathway/BT-TEST-1', runId, reference: 'BT-TEST-1', ...shown };
}
