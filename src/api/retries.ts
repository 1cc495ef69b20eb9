import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

/**
 * For the connection that the API is given. A case that passes to its next run, or hears ten people at once, tells the
 * eleventh to come back; it is ready again in a moment, and the SDK would wait for almost two seconds.
 */
export const soonAgain = makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ initialIntervalMs: () => 60 }));
