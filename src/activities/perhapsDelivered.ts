/** The mail or notice was sent, and no answer came: the connection broke, or time ran out. It may have been delivered or not. */
export class PerhapsDelivered extends Error {
  override readonly name = 'PerhapsDelivered';
  /** The code of the error, such as `ECONNECTION` or `ETIMEDOUT`; `EABORT` if we broke off. */
  constructor(readonly code: string) {
    super(`no answer was heard: ${code}`);
  }
}
