/** A request that the door does not carry out. `code` is one of the codes of the API where there is one. */
export class DoorRefused extends Error {
  override readonly name = 'DoorRefused';

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 429 | 502 | 503,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Something that the door needs does not answer. */
export function away(message: string): DoorRefused {
  return new DoorRefused(503, 'no-answer', message, { 'Retry-After': '5' });
}
