/** It was sent, and the answer was not heard: the connection broke, or time ran out. It may have been delivered, or not. */
export class PerhapsDelivered extends Error {
  override readonly name = 'PerhapsDelivered';
  /** What broke, as in `ECONNECTION` or `ETIMEDOUT`; `EABORT` where we broke it off. */
  constructor(readonly code: string) {
    super(`no answer was heard: ${code}`);
  }
}
