import type { Numbers } from '../../domain/notifications/watch';

export type UpOrDown = 'up' | 'down';

/** The state of each part that the cases need. */
export interface Readiness {
  /**
   * `clock` compares our clock with the engine's. It is left out while that is not known, as when no worker watches the cases. `database` and
   * `keys` are left out where the keys of the cases need no database, and `keys` while the database does not answer.
   */
  readonly parts: Readonly<Record<'temporal' | 'worker', UpOrDown> & Partial<Record<'clock' | 'database' | 'keys', UpOrDown>>>;
  /** Cases whose clock stands still. The service is as ready as before for all others. */
  readonly cases?: Numbers;
}
