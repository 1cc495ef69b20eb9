import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Failures as Temporal keeps them: message and stack trace go through the codec like every other payload.
 * Without it a refused update stands in the history in plain words. The type of a failure stays readable: codes only.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
