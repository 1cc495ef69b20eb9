/* Absence: days on which somebody does not work, and the colleague who stands in. */

import type { PlainDate } from './calendar';

/** When somebody is away, and who their deputy is. */
export interface Absences {
  readonly deputy?: string | undefined;
  readonly absent?: readonly { readonly from: string; readonly until: string }[] | undefined;
}

export function isAbsent({ absent = [] }: Absences, on: PlainDate): boolean {
  return absent.some(({ from, until }) => from <= on && on <= until);
}
