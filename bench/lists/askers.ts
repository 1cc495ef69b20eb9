/* The people who ask: twenty caseworkers and twenty supervisors, over all offices, and one who sees the nation. */

import { seatOf, staffIdOf } from './offices';

const people = 20;

export const national = 'kmar-1';

export function caseworkersIn(offices: number): readonly string[] {
  return seated('caseworker-1', offices);
}

export function supervisorsIn(offices: number): readonly string[] {
  return seated('supervisor-1', offices);
}

/** All who ask a register with so many offices. */
export function askersOf(offices: number): readonly string[] {
  return [...caseworkersIn(offices), ...supervisorsIn(offices), national];
}

function seated(demoId: string, offices: number): readonly string[] {
  return Array.from({ length: people }, (_, nth) => staffIdOf(demoId, seatOf(nth, offices)));
}
