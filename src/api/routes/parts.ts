import type { Casework } from '../../casework/casework';
import type { Asked, Endpoints } from '../http/endpoint';

/** Everything that a route for logged-in callers needs. */
export interface RouteParts {
  readonly endpoint: Endpoints;
  readonly casework: Casework;
}

/** The same request, answered in English whatever the caller prefers: the API has one language for pathways. */
export function inEnglish(asked: Asked): Asked {
  return { ...asked, language: 'en' };
}
