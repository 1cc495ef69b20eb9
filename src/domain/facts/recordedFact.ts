/* The type of a recorded fact. */

import type { Instant } from '../basics/calendar';
import type { Caller, TeamRole } from '../basics/roles';
import type { Fact, FactType } from './catalogue';

/** A fact as the log keeps it: what happened, who recorded it, and when it was received. */
export type RecordedFact<T extends FactType = FactType> = Fact<T> & {
  readonly id: string;
  readonly by: Caller;
  readonly receivedAt: Instant;
  /** Its `Idempotency-Key`, hashed, with a hash of the body; a fact that came by signal has none. */
  readonly key?: { readonly hash: string; readonly body: string } | undefined;
  /** The trace of the request that recorded it. The notices that it causes carry it on. */
  readonly trace?: string | undefined;
  /** Of a reopening that strikes out a mistaken closing, or of a correction that makes one such: that closing, by its id. */
  readonly strikesOut?: string | undefined;
  /** Only of a fact that may bring somebody in by it. */
  readonly officeTeam?: OfficeTeam | undefined;
};

/** The default team of an office when a fact was recorded. The office stays beside it, since a correction may move the case to another. */
export interface OfficeTeam {
  readonly office: string;
  readonly members: Readonly<Partial<Record<TeamRole, string>>>;
}
