import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';

/** The bare workflow as a worker runs it: alone in its bundle. */
export function bareBundle(): Promise<WorkflowBundle> {
  return bundleWorkflowCode({ workflowsPath: require.resolve('./workflow'), logger: new DefaultLogger('ERROR') });
}
