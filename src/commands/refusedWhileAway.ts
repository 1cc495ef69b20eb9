import { Refused } from '../casework/refused';
import { StoreAway } from '../store/storeAway';

/** Throws a failure of the store as casework knows it: while the database is away, the same request may be sent again. */
export function refusedWhileAway(failure: unknown): never {
  throw failure instanceof StoreAway ? new Refused('no-answer') : failure;
}
