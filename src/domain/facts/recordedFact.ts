import type { Instant } from '../basics/calendar';
import type { Caller } from '../basics/roles';
import type { Fact, FactType } from './catalogue';

/** A fact as it reached us: what happened, who told it, and when it was received. */
export type ReceivedFact<T extends FactType = FactType> = Fact<T> & {
  readonly id: string;
  readonly by: Caller;
  readonly receivedAt: Instant;
};
