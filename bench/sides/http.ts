import { randomUUID } from 'node:crypto';

/** Somebody who is logged in, at the API. */
export interface Speaker {
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
}

export function speakerAt(address: string, token: string): Speaker {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const answerOf = async (path: string, init: RequestInit) => {
    const answer = await fetch(`${address}${path}`, init);
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${JSON.stringify(body)}`);
    return body;
  };
  return {
    get: (path) => answerOf(path, { headers }),
    post: (path, body) =>
      answerOf(path, { method: 'POST', headers: { ...headers, 'Idempotency-Key': randomUUID() }, body: JSON.stringify(body) }),
  };
}
