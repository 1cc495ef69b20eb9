import { unfolded, type CarriedFile } from '../domain/case/carriedFile';
import type { CaseFile } from '../domain/case/caseFile';
import type { Instant } from '../domain/basics/calendar';
import type { LateMoment } from '../domain/views/lateMoment';

/** The register, as a case writes itself into it. Of two writes the newest revision stands, so a repeat changes nothing. */
export interface RegisterOfCases {
  write(written: { readonly file: CaseFile; readonly now: Instant; readonly late: readonly LateMoment[] }): Promise<unknown>;
}

/** Simulations have no register, since nobody reads lists of them. */
export const writtenNowhere: RegisterOfCases = { write: async () => undefined };

/** All of a case. */
export interface RegisterOrder {
  readonly file: CarriedFile;
  readonly now: Instant;
  readonly late: readonly LateMoment[];
}

export function registerWriter(register: RegisterOfCases): (order: RegisterOrder) => Promise<void> {
  return async ({ file, now, late }) => {
    await register.write({ file: unfolded(file, undefined), now, late });
  };
}
