import { request as overHttp, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { Webhook } from 'standardwebhooks';
import type { Duration } from '../domain/basics/calendar';
import type { Sending } from './mailer';
import type { NoticeEvent } from './noticeEvent';
import { PerhapsDelivered } from './perhapsDelivered';
import { RefusedForGood } from './refusedForGood';

/** Where a partner takes notices, and what it knows us by: 24 to 64 bytes in base64, after `whsec_`. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
}

/** Standard Webhooks asks a sender for 15 to 30 seconds. */
const patienceMs = 30_000;
/** A receiver that asks for more is tried all the same (ours): it may have forgotten that it did. */
const longestWaitSeconds = 24 * 60 * 60;

/**
 * Posts an event, signed as Standard Webhooks has it. Answers with the event's id once the receiver has taken it; throws
 * `RefusedForGood`, `PerhapsDelivered`, or what passes and may be tried again: `askedToWait` then says how long the receiver asked us
 * to wait. `onData` is called when all of it has left. The event is the body (structured mode), since only the body is signed:
 * in headers of its own (binary mode) somebody on the way could turn one kind of notice into another.
 */
export async function postSigned(event: NoticeEvent, { url, secret }: Receiver, { signal, onData }: Sending = {}): Promise<string> {
  const body = JSON.stringify(event);
  // The machine's clock, which the receiver holds against its own; the engine's is months ahead where it skips.
  const now = new Date();
  const headers = {
    'Content-Type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(event.id, now, body),
  };
  const { status, retryAfter } = await post(new URL(url), body, { method: 'POST', headers, signal }, onData);
  if (status >= 200 && status < 300) return event.id;
  throw forGood.includes(status)
    ? new RefusedForGood(status)
    : Object.assign(notTaken(), { responseCode: status, askedToWait: waitIn(retryAfter) });
}

/**
 * The receiver will never take this notice: it is gone, or the notice itself is what it cannot read. Anything else, such as an address
 * that has moved or a secret it does not know yet, somebody can mend, and no notice is lost until he has.
 */
const forGood: readonly number[] = [400, 410, 413, 415, 422];

/**
 * We stopped waiting, too late or since the worker has to stop: whether the receiver takes it nobody knows. One that hangs up instead
 * of answering has not taken it, as far as it told us.
 */
const unheard: readonly string[] = ['ETIMEDOUT', 'ABORT_ERR'];

/** What `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3). */
function waitIn(retryAfter = ''): Duration | undefined {
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  const minutes = Math.ceil(Math.min(seconds, longestWaitSeconds) / 60);
  return minutes > 0 ? `PT${minutes}M` : undefined;
}

function notTaken(): Error {
  return new Error('not taken this time');
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/**
 * Answers with the status and `Retry-After` alone: a redirect is not followed, and what the receiver says besides is not read. Not by
 * `fetch`, which adds headers of its own, and treats some statuses (407, 421) in its own way.
 */
function post(url: URL, body: string, options: RequestOptions, onData: Sending['onData']): Promise<Answer> {
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const asking = request(url, options, (answer) => {
      answer.destroy();
      resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
    });
    // Not AbortSignal.any with a timeout in it: in Node 20 the collector may take that timeout away, and nobody is ever too late.
    const tooLate = setTimeout(() => asking.destroy(Object.assign(notTaken(), { code: 'ETIMEDOUT' })), patienceMs);
    asking
      .on('finish', () => onData?.())
      .on('close', () => clearTimeout(tooLate))
      .on('error', (error: NodeJS.ErrnoException) => {
        const { code = '' } = error;
        reject(asking.writableFinished && unheard.includes(code) ? new PerhapsDelivered(code) : error);
      })
      .end(body);
  });
}
