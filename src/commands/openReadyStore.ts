import type { StorePlace } from '../store/connection';
import { requireReady } from '../store/migrate';
import { openStore, type Store } from '../store/store';
import type { Closing } from './closing';

/** Opens the store for this process, once it is sure that the two fit. Throws `StoreUnfit` if they do not. */
export async function openReadyStore(place: StorePlace, closing: Closing): Promise<Store> {
  const store = openStore(place);
  closing.later(() => store.close());
  await requireReady(store);
  return store;
}
