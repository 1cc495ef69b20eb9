import type { Casework } from '../casework/casework';
import type { Log, StaffList } from '../casework/installation';
import type { RefusedCalls } from '../login/refusedCalls';

/** Everything that the API needs. It reads no settings and opens no connection of its own. */
export interface ApiDeps {
  readonly casework: Casework;
  readonly staff: StaffList & {
    /** The address of the people who run the service; openapi.json names it. */
    readonly operations: string;
  };
  /** The issuer whose tokens count, and the audience that they must be issued for. */
  readonly tokens: { readonly issuer: string; readonly audience: string };
  readonly publicUrl: string;
  /** The requests that one caller may send in a minute. */
  readonly requestsPerMinute: number;
  /** Addresses and subnets. Only their word about the address of a caller counts. */
  readonly trustedProxies: readonly string[];
  /** The count of requests that were refused before anything was asked. */
  readonly refused: Pick<RefusedCalls, 'count'>;
  readonly log: Log;
  /** Milliseconds since 1970; left out, the machine's clock. Tokens always expire by the machine's. */
  readonly clock?: (() => number) | undefined;
}
