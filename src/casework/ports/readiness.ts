import type { Numbers } from '../../domain/notifications/watch';

export type UpOrDown = 'up' | 'down';

/** The state of each part that the cases need. */
export interface Readiness {
  /**
   * `clock` compares our clock with the engine's. It is left out while that is not known, as when no worker watches the cases. `database` is
   * left out where the keys of the cases need none.
   */
  readonly parts: Readonly<Record<'temporal' | 'worker', UpOrDown>> & { readonly clock?: UpOrDown; readonly database?: UpOrDown };
  /** Cases whose clock stands still. The service is as ready as before for all others. */
  readonly cases?: Numbers;
}
