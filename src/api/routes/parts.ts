import type { Casework } from '../../casework/casework';
import type { Endpoints } from '../http/endpoint';

/** Everything that a route for logged-in callers needs. */
export interface RouteParts {
  readonly endpoint: Endpoints;
  readonly casework: Casework;
}
