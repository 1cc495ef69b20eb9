import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Puts the message and stack trace of a failure through the codec, like every other payload. Without it a refused update would be readable
 * in the history. The type of a failure stays readable: it holds codes only.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
