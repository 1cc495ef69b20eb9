/* The type of an upcoming action. */

import type { Instant } from '../basics/calendar';
import type { MailClass } from './outbox';

/** One action of the clock: a mail or a notice that leaves, or the end of the three months. */
export interface UpcomingAction {
  readonly at: Instant;
  readonly what: MailClass | 'expiry' | 'notice';
  readonly about: readonly string[];
  /** A role of the team, the duty mailbox where nobody holds it, or a partner. */
  readonly to: string;
}
