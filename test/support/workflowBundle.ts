/** By this variable the setup of the run tells each test process where the bundle is. */
export const bundleVariable = 'TEST_WORKFLOW_BUNDLE';

/** Where the bundled workflows are; give it to a worker as `workflowBundle: { codePath: workflowBundlePath }`. */
export const workflowBundlePath = process.env[bundleVariable] ?? '';
