import type { Instant } from '../basics/calendar';
import type { MailClass } from './outbox';

/** Something that the clock does: a mail or a notice that leaves, the end of the three months. */
export interface UpcomingAction {
  readonly at: Instant;
  readonly what: MailClass | 'expiry' | 'notice';
  readonly about: readonly string[];
  /** A role of the team, the duty desk where nobody holds it, or a partner. */
  readonly to: string;
}
