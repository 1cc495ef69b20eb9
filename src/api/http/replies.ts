import type { Response } from 'express';

/** An answer over HTTP. */
export interface Reply {
  readonly status: number;
  readonly body: object | string;
  /** The media type of a text; an object is JSON. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: object, headers?: Reply['headers']): Reply {
  return { status: 200, body, ...(headers === undefined ? {} : { headers }) };
}

/** A text of another type than JSON. */
export function text(body: string, type: string, headers: NonNullable<Reply['headers']>): Reply {
  return { status: 200, body, type, headers };
}

/** A change was made, now or before under the same key. */
export function created(body: object, location: string): Reply {
  return { status: 201, body, headers: { Location: location } };
}

/** Not by Express's own `send`, which would answer a condition such as `If-None-Match: *` itself, with 304 and no body. */
export function send(response: Response, { status, body, type = 'application/json', headers = {} }: Reply): void {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  response
    .status(status)
    .set({ ...headers, 'Content-Length': String(Buffer.byteLength(sent)) })
    .type(type)
    .end(sent);
}
