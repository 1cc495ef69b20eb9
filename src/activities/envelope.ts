/* Ids, links, outcomes and log lines that letters and notices share. */

import { createHash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { instantOf, type Instant } from '../domain/basics/calendar';
import type { Outcome } from '../domain/state/outbox';
import { RefusesUs, type Log } from './mailer';
import { PerhapsDelivered } from './perhapsDelivered';
import { RefusedForGood } from './refusedForGood';

/** The first half of a Message-ID, and the id of an event. It is the same for a repeat, and reveals neither reference nor person. */
export function mailId(reference: string, id: string): string {
  return createHash('sha256').update(`${reference}\n${id}`).digest('hex').slice(0, 40);
}

/** The address of a case; it shows nothing without a login. */
export function linkTo(publicUrl: string, reference: string): string {
  return `${publicUrl}/v1/pathways/${reference}`;
}

/** The instant of this try by the engine's clock, which is also right in a simulation that skips months. */
export function triedAt(): Instant {
  return instantOf(activityInfo().currentAttemptScheduledTimestampMs);
}

/** An address for the log: operators recognise it, others do not. The path of a web address may be a secret. */
export function masked(address: string): string {
  return URL.canParse(address) ? `${new URL(address).origin}/***` : address.replace(/^(.).*@/, '$1***@');
}

/** The outcome that an error stands for. */
export function outcomeOf(error: unknown): Exclude<Outcome['outcome'], 'delivered' | 'deferred'> {
  if (error instanceof RefusedForGood) return 'refused';
  return error instanceof PerhapsDelivered ? 'perhaps' : 'failed';
}

/**
 * Logs what was not delivered, and to whom. A mail server that refuses us is an error: perhaps no mail can tell operations, and no mail
 * leaves until somebody repairs it.
 */
export function logFailure(log: Log | undefined, what: string, { reference, to }: { reference: string; to: string }, error: unknown): void {
  const fields = { reference, to: masked(to), ...failureCodes(error) };
  if (error instanceof RefusesUs) log?.error({ ...fields, refuses: 'us' }, 'the mail server refuses us');
  else log?.warn(fields, `${what} was ${error instanceof PerhapsDelivered ? 'perhaps' : 'not'} delivered`);
}

/** The codes of a failure, for the log. Its message is left out: servers and libraries repeat addresses in it. */
export function failureCodes(error: unknown): object {
  const { code, responseCode, enhancedCode } = error as { code?: string; responseCode?: number; enhancedCode?: string };
  return Object.fromEntries(Object.entries({ code, responseCode, enhancedCode }).filter(([, value]) => value !== undefined));
}
