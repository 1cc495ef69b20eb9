import { isGrpcServiceError, isRetryableError, ServiceError } from '@temporalio/client';

/** The codes of gRPC with which the engine answers us. */
const grpcCodes: Readonly<Record<'cancelled' | 'deadlineExceeded' | 'notFound' | 'failedPrecondition', number>> = {
  cancelled: 1,
  deadlineExceeded: 4,
  notFound: 5,
  failedPrecondition: 9,
};

/**
 * The answer of the engine to a call that it did not do; undefined if the failure is none of the engine's. On the connection of a worker a
 * `ServiceError` is that answer, and on any other it has the answer as its cause.
 */
export function grpcStatusOf(failure: unknown) {
  const cause = failure instanceof ServiceError && !isGrpcServiceError(failure) ? failure.cause : failure;
  if (!isGrpcServiceError(cause)) return undefined;
  return { code: cause.code as number, details: cause.details, isRetryable: isRetryableError(cause) };
}

/** Whether the engine answered with one of these codes. */
export function hasCode(failure: unknown, ...wanted: readonly (keyof typeof grpcCodes)[]): boolean {
  const status = grpcStatusOf(failure);
  return status !== undefined && wanted.some((name) => grpcCodes[name] === status.code);
}
