/** Nobody can say now which key a case has: the keys do not answer. The same call may be made again. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';

  constructor(cause?: unknown) {
    super('the keys of the cases do not answer', { cause });
  }
}

/** This process was not given the master key of one case. Nothing is wrong with that case, nor with any other. */
export class MasterKeyMissing extends KeysUnavailable {}

/** A case has no key: it was never opened, or its key was taken away. */
export class NoCaseKey extends Error {
  override readonly name = 'NoCaseKey';

  constructor() {
    super('the case has no key');
  }
}
