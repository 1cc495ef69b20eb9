import type { Client } from '@temporalio/client';
import { workflowIdOf } from '../../src/workflows/messages';
import { until } from './until';

/** Waits until a case does nothing more by itself before its next moment. */
export async function untilQuiet({ workflow }: Client, reference: string): Promise<void> {
  await until(`${reference} is quiet`, async () => {
    const { raw, historyLength } = await workflow.getHandle(workflowIdOf(reference)).describe();
    // The engine keeps a run back for a moment that follows its predecessor too soon: then its start is all of its history.
    return historyLength > 1 && !raw.pendingWorkflowTask && raw.pendingActivities?.length === 0;
  });
}
