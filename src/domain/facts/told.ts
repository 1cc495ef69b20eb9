import type { Instant } from '../calendar';
import type { Caller } from '../people';
import type { Fact, FactType } from './fields';

/** A fact as it reached us: what happened, who told it, and when it was received. */
export type Told<T extends FactType = FactType> = Fact<T> & { readonly id: string; readonly by: Caller; readonly receivedAt: Instant };
