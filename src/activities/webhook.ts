import { randomBytes } from 'node:crypto';
import { request as overHttp, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { Webhook } from 'standardwebhooks';
import type { Duration } from '../domain/basics/calendar';
import type { Sending } from './mailer';
import type { NoticeEvent } from './noticeEvent';
import { PerhapsDelivered } from './perhapsDelivered';
import { RefusedForGood } from './refusedForGood';

/** The address at which a partner takes notices, and the shared secret: 24 to 64 bytes in base64, after `whsec_`. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
}

interface TracedSending extends Sending {
  /** The trace of the request that caused the event, if that is known. */
  readonly trace?: string | undefined;
}

/** Standard Webhooks asks a sender to wait 15 to 30 seconds. */
const patienceMs = 30_000;
/** A receiver that asks for a longer wait is tried after this time (ours): it may have forgotten its request. */
const longestWaitSeconds = 24 * 60 * 60;

/**
 * Posts an event, signed according to Standard Webhooks. Returns the event's id once the receiver has accepted it.
 * Throws `RefusedForGood`, `PerhapsDelivered`, or a temporary error after which a retry is safe. On a temporary error, `askedToWait` is the
 * wait that the receiver asked for. `onData` is called when the whole event has left.
 * The event is the body (structured mode), since only the body is signed. With the event in headers (binary mode) an attacker on the
 * network path could turn one kind of notice into another.
 */
export async function postSigned(
  event: NoticeEvent,
  { url, secret }: Receiver,
  { signal, onData, trace }: TracedSending = {},
): Promise<string> {
  const body = JSON.stringify(event);
  // The receiver compares this with its own clock, so it is the clock of the machine. The engine's clock is months ahead if it skips.
  const now = new Date();
  const headers = {
    'Content-Type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(event.id, now, body),
    ...(trace === undefined ? {} : { traceparent: traceparentOf(trace) }),
  };
  const { status, retryAfter } = await post(new URL(url), body, { method: 'POST', headers, signal }, onData);
  if (status >= 200 && status < 300) return event.id;
  throw forGood.includes(status)
    ? new RefusedForGood(status)
    : Object.assign(notAccepted(), { responseCode: status, askedToWait: waitIn(retryAfter) });
}

/** The header that carries a trace on (W3C Trace Context, level 1). Each try is a step of its own; the last digits: the trace is recorded. */
function traceparentOf(trace: string): string {
  return `00-${trace}-${randomBytes(8).toString('hex')}-01`;
}

/**
 * Statuses after which the receiver will never accept this notice: the address is gone, or the receiver cannot read the notice. Any other
 * fault can be fixed, such as an address that has moved or a secret that the receiver does not know yet. No notice is lost until then.
 */
const forGood: readonly number[] = [400, 410, 413, 415, 422];

/**
 * Codes of an answer that we did not wait for any longer: too late, or the worker has to stop. Nobody knows then whether the receiver
 * accepts the notice. A receiver that hangs up without an answer counts as not having accepted it.
 */
const unheard: readonly string[] = ['ETIMEDOUT', 'ABORT_ERR'];

/** The wait that `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3). */
function waitIn(retryAfter = ''): Duration | undefined {
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  const minutes = Math.ceil(Math.min(seconds, longestWaitSeconds) / 60);
  return minutes > 0 ? `PT${minutes}M` : undefined;
}

function notAccepted(): Error {
  return new Error('not accepted this time');
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/**
 * Sends the request and returns only the status and `Retry-After`. A redirect is not followed, and the rest of the answer is not read.
 * `fetch` would add headers of its own, and treats some statuses (407, 421) differently.
 */
function post(url: URL, body: string, options: RequestOptions, onData: Sending['onData']): Promise<Answer> {
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const asking = request(url, options, (answer) => {
      answer.destroy();
      resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
    });
    // We do not use AbortSignal.any with a timeout: in Node 20 the garbage collector may remove that timeout, and then the limit never
    // ends.
    const tooLate = setTimeout(() => asking.destroy(Object.assign(notAccepted(), { code: 'ETIMEDOUT' })), patienceMs);
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
