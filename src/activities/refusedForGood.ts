/** Whom it was for will never take this mail or notice: to send it again would change nothing. */
export class RefusedForGood extends Error {
  override readonly name = 'RefusedForGood';
  constructor(readonly responseCode: number) {
    super(`refused with ${responseCode}`);
  }
}
