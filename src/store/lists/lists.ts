import type { Kysely } from 'kysely';
import { adoptForeign, originOf } from '../origin';
import type { StoreSchema } from '../schema';
import { casesOn, countsOf } from './cases';
import { changesOn } from './changes';
import { forecastOn } from './forecast';
import { lateMomentsOf, outagesOn } from './outages';
import { tasksOn } from './tasks';

/** The lists of the register, as tables. Each statement is bound to the reach of its caller. Rejects with `StoreAway` as all of the store does. */
export type ListTables = ReturnType<typeof listTables>;

export function listTables(db: Kysely<StoreSchema>) {
  return {
    origin: () => originOf(db),
    cases: (asked: Parameters<typeof casesOn>[1]) => casesOn(db, asked),
    counts: (asked: Parameters<typeof countsOf>[1]) => countsOf(db, asked),
    tasks: (asked: Parameters<typeof tasksOn>[1]) => tasksOn(db, asked),
    forecast: (asked: Parameters<typeof forecastOn>[1]) => forecastOn(db, asked),
    changes: (asked: Parameters<typeof changesOn>[1]) => changesOn(db, asked),
    adoptForeign: () => adoptForeign(db),
    outages: (asked: Parameters<typeof outagesOn>[1]) => outagesOn(db, asked),
    lateMoments: (asked: Parameters<typeof lateMomentsOf>[1]) => lateMomentsOf(db, asked),
  };
}
