import { createHash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { instantOf, type Instant } from '../domain/calendar';

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

/** What a log may say of a failure. Not its message: servers and libraries repeat addresses in it. */
export function failureCodes(error: unknown): { readonly code?: string; readonly responseCode?: number } {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return { ...(code === undefined ? {} : { code }), ...(responseCode === undefined ? {} : { responseCode }) };
}
