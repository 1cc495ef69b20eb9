import { join } from 'node:path';

/** Where the setup of the test run puts the bundled workflows; give it to a worker as `workflowBundle: { codePath: workflowBundlePath }`. */
export const workflowBundlePath = join(__dirname, '..', '..', '.cache', 'test', 'workflowBundle.js');
