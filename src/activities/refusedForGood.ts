/** The recipient will never accept this mail or notice. A retry would change nothing. */
export class RefusedForGood extends Error {
  override readonly name = 'RefusedForGood';
  constructor(readonly responseCode: number) {
    super(`refused with ${responseCode}`);
  }
}
