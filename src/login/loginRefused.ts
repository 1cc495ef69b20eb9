/** The reason why a caller is not let in. `no-answer`: nobody can say now, and the same request may be made again. */
export type LoginRefusal = 'not-logged-in' | 'token-not-valid' | 'token-expired' | 'role-not-allowed' | 'no-answer';

/** A login or a token that does not count. The front end turns it into an answer. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';

  constructor(
    readonly code: LoginRefusal,
    /** A sentence that is more particular than the code. */
    readonly detail?: string,
  ) {
    super(code);
  }
}
