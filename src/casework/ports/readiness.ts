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
  /** Left out where the cases have no register. */
  readonly register?: RegisterLag & {
    /** Rows of a release before say other things by the same columns: `register:rebuild` writes them anew. Left out while nobody can say. */
    readonly hasOlderForms?: boolean | undefined;
  };
}

/** The changes that the register does not have yet, as far as this process knows. */
export interface RegisterLag {
  /** The number of cases with such a change. */
  readonly waiting: number;
  /** The whole seconds for which the first of them has waited. */
  readonly oldestSeconds: number;
}
