/** The variable through which the setup of the run gives each test process the path of the bundle. */
export const bundleVariable = 'TEST_WORKFLOW_BUNDLE';

/** The variable with the folder that keeps the same bundle as the one build. The commands that tests start read it. */
export const buildsVariable = 'WORKFLOWS_DIR';

/** The path of the workflow bundle. Give it to a worker as `workflowBundle: { codePath: workflowBundlePath }`. */
export const workflowBundlePath = process.env[bundleVariable] ?? '';
