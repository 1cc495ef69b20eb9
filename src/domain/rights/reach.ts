/* The cases that a caller may have in a list: the one condition over every list (docs/rights.md). */

import type { Caller } from '../basics/roles';
import { may, type Action } from './rights';

/** Offices by name; `all` names each. */
export type Offices = 'all' | 'none' | { readonly office: string };

/** The offices whose cases are within reach, and those whose cases are so even while the police may not know of them. */
export interface Reach {
  readonly known: Offices;
  readonly hidden: Offices;
}

/** How far a right of a caller goes over cases in general; within one office, where they name one. */
export function reachOf(caller: Caller, action: Action, office?: string): Reach {
  const within = (hidden: boolean) => narrowed(officesOf(caller, action, hidden), office);
  return { known: within(false), hidden: within(true) };
}

/** A right that holds for an office that nobody belongs to ends at none. */
function officesOf(caller: Caller, action: Action, hidden: boolean): Offices {
  const holdsIn = (office: string) => may(caller, action, { office, hidden }) === 'yes';
  if (holdsIn('')) return 'all';
  const { office } = caller;
  return office !== undefined && holdsIn(office) ? { office } : 'none';
}

function narrowed(offices: Offices, office: string | undefined): Offices {
  if (office === undefined || offices === 'none') return offices;
  return offices === 'all' || offices.office === office ? { office } : 'none';
}
