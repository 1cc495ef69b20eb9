import { redactMessage } from '../../src/errors/redactMessage';

describe('a message of the SDK in the log', () => {
  it.each([
    [
      'Failed to parse activity args for activity sendDigests: Unexpected token \'C\', "CANARY" is not valid JSON',
      'Failed to parse activity args for activity sendDigests',
    ],
    ['Error while processing ActivityTask.start:\nCANARY: CANARY', 'Error while processing ActivityTask.start'],
    ['Worker failed', 'Worker failed'],
  ])('quotes no payload: %s', (message, logged) => {
    expect(redactMessage(message)).toBe(logged);
  });
});
