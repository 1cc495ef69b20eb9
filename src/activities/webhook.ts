import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { cancellationSignal } from '@temporalio/activity';
import { Webhook } from 'standardwebhooks';
import type { NoticeEvent } from './noticeEvent';
import { RefusedForGood } from './refusedForGood';

/** Where a partner takes notices, and what it knows us by: 24 to 64 bytes in base64, after `whsec_`. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
}

const patience = 10_000;

/**
 * Posts an event, signed as Standard Webhooks has it. Answers with the event's id once the receiver has taken it; throws
 * `RefusedForGood`, or what passes and may be tried again. The event is the body (structured mode), since only the body is signed:
 * in headers of its own (binary mode) somebody on the way could turn one kind of notice into another.
 */
export async function postSigned(event: NoticeEvent, { url, secret }: Receiver): Promise<string> {
  const body = JSON.stringify(event);
  // The machine's clock, which the receiver holds against its own; the engine's is months ahead where it skips.
  const now = new Date();
  const status = await post(new URL(url), body, {
    'Content-Type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(event.id, now, body),
  });
  if (status >= 200 && status < 300) return event.id;
  throw forGood.includes(status) ? new RefusedForGood(status) : notNow({ responseCode: status });
}

/**
 * The receiver will never take this notice: it is gone, or the notice itself is what it cannot read. Anything else, such as an address
 * that has moved or a secret it does not know yet, somebody can mend, and no notice is lost until he has.
 */
const forGood: readonly number[] = [400, 410, 413, 415, 422];

function notNow(why: { readonly code: string } | { readonly responseCode: number }): Error {
  return Object.assign(new Error('not taken this time'), why);
}

/**
 * Answers with the status alone: a redirect is not followed, and what the receiver says besides is not read. Not by `fetch`, which
 * adds headers of its own, and treats some statuses (407, 421) in its own way.
 */
function post(url: URL, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', headers, signal: cancellationSignal() }, (answer) => {
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    // Not AbortSignal.any with a timeout in it: in Node 20 the collector may take that timeout away, and nobody is ever too late.
    const tooLate = setTimeout(() => asking.destroy(notNow({ code: 'ETIMEDOUT' })), patience);
    asking
      .on('close', () => clearTimeout(tooLate))
      .on('error', reject)
      .end(body);
  });
}
