import { ServiceError } from '@temporalio/client';
import { hasCode } from '../../src/casework/temporal/grpcStatus';

describe('the answer of the engine to a call that it did not do', () => {
  const answer = { code: 5, details: 'no such workflow', metadata: {} };

  it.each([
    ['bare', Object.assign(new Error(), answer)],
    ['as the cause of an error of the SDK', new ServiceError('it failed', { cause: Object.assign(new Error(), answer) })],
    ['in an error of the SDK itself, as on the connection of a worker', Object.assign(new ServiceError('it failed'), answer)],
  ])('is found %s', (_, failure) => {
    expect(hasCode(failure, 'notFound')).toBe(true);
    expect(hasCode(failure, 'failedPrecondition', 'cancelled')).toBe(false);
  });

  it('is not found in a failure of our own', () => {
    expect(hasCode(new Error('no such workflow'), 'notFound')).toBe(false);
  });
});
