import type { Response } from 'express';

/** An answer by its name. */
export interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: object, headers?: Reply['headers']): Reply {
  return { status: 200, body, ...(headers === undefined ? {} : { headers }) };
}

/** Something was told, or had been told before under the same key. */
export function created(body: object, location: string): Reply {
  return { status: 201, body, headers: { Location: location } };
}

export function send(response: Response, { status, body, headers = {} }: Reply): void {
  response.status(status).set(headers).type('application/json').send(JSON.stringify(body));
}
