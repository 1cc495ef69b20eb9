import { createHash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { instantOf, type Instant } from '../domain/basics/calendar';
import type { Outcome } from '../domain/state/outbox';
import { RefusesUs, type Log } from './mailer';
import { PerhapsDelivered } from './perhapsDelivered';
import { RefusedForGood } from './refusedForGood';

/** The first half of a Message-ID, and the id of an event: the same for a repeat, and neither reference nor person can be read from it. */
export function mailId(reference: string, id: string): string {
  return createHash('sha256').update(`${reference}\n${id}`).digest('hex').slice(0, 40);
}

/** Where the case is seen; without a login it shows nothing. */
export function linkTo(publicUrl: string, reference: string): string {
  return `${publicUrl}/v1/pathways/${reference}`;
}

/** When the engine asked for this try: its clock is also right where it skips months. */
export function triedAt(): Instant {
  return instantOf(activityInfo().currentAttemptScheduledTimestampMs);
}

/** An address for the log: who operates the service recognises it, who reads along does not. Of a web address the path may be a secret. */
export function masked(address: string): string {
  return URL.canParse(address) ? `${new URL(address).origin}/***` : address.replace(/^(.).*@/, '$1***@');
}

/** What an error says of what was to be delivered. */
export function outcomeOf(error: unknown): Exclude<Outcome['outcome'], 'delivered' | 'held'> {
  if (error instanceof RefusedForGood) return 'refused';
  return error instanceof PerhapsDelivered ? 'perhaps' : 'failed';
}

/**
 * Writes down what was not delivered, and to whom. That a mail server refuses us is an error: perhaps no mail can tell operations, and
 * nothing leaves until somebody mends it.
 */
export function logFailure(log: Log | undefined, what: string, { reference, to }: { reference: string; to: string }, error: unknown): void {
  const fields = { reference, to: masked(to), ...failureCodes(error) };
  if (error instanceof RefusesUs) log?.error({ ...fields, refuses: 'us' }, 'the mail server refuses us');
  else log?.warn(fields, `${what} was ${error instanceof PerhapsDelivered ? 'perhaps' : 'not'} delivered`);
}

/** What a log may say of a failure. Not its message: servers and libraries repeat addresses in it. */
export function failureCodes(error: unknown): object {
  const { code, responseCode, enhancedCode } = error as { code?: string; responseCode?: number; enhancedCode?: string };
  return Object.fromEntries(Object.entries({ code, responseCode, enhancedCode }).filter(([, value]) => value !== undefined));
}
