/* Offices of a thousand cases, each with twenty-five teams; and invented cases divided among them. */

import { refold, type CaseFile, type CaseStart } from '../../src/domain/case/caseFile';
import type { StaffFile } from '../../src/settings/staffFile';

const casesOfAnOffice = 1_000;
/** A caseworker has forty cases. */
const teams = 25;

export function officesFor(cases: number): number {
  return Math.ceil(cases / casesOfAnOffice);
}

/** The place of a case: the office and the team that work on it. */
export interface Seat {
  readonly office: number;
  readonly team: number;
}

/** The seat of the nth case. Cases that follow each other go to other offices and then to other teams. */
export function seatOf(nth: number, offices: number): Seat {
  return { office: nth % offices, team: Math.floor(nth / offices) % teams };
}

/** The staff of these offices. Each team has somebody for each of the demo staff of one office; the national staff stays. */
export function staffOf(offices: number, { staff, ...demo }: StaffFile): StaffFile {
  const numbers = Array.from({ length: offices }, (_, office) => office);
  const ofOneOffice = staff.filter(({ office }) => office === 'amsterdam');
  const local = numbers.flatMap((office) =>
    Array.from({ length: teams }, (_, team) => team).flatMap((team) =>
      ofOneOffice.map(({ deputy: _, id, email: __, ...member }) => {
        const seated = staffIdOf(id, { office, team });
        return { ...member, id: seated, email: `${seated}@example.org`, office: officeName(office) };
      }),
    ),
  );
  return {
    ...demo,
    staff: [...local, ...staff.filter(({ office }) => office === undefined)],
    offices: numbers.map((office) => ({ id: officeName(office), dutyDesk: `duty-${officeName(office)}@example.org` })),
  };
}

/** Who takes the place of somebody of the demo staff in a team. */
export function staffIdOf(demoId: string, { office, team }: Seat): string {
  return `${demoId}-${officeName(office)}-${team}`;
}

export function officeName(office: number): string {
  return `office-${office}`;
}

/** The same case under another reference, at another seat. Every place that names an office or its staff names the new one. */
export function moved({ start, entries, outbox, counted, revision }: CaseFile, reference: string, seat: Seat): CaseFile {
  const { edition, ...begun } = start;
  const text = JSON.stringify({ start: { ...begun, reference }, entries, outbox, counted });
  const there = text
    .replaceAll(/"(?:amsterdam|rotterdam)"/g, JSON.stringify(officeName(seat.office)))
    .replaceAll(
      /"((?:caseworker|care-coordinator|police|lawyer|return-counsellor|supervisor|allround)-)(?:rotterdam-)?(\d)"/g,
      (_, role: string, digit: string) => JSON.stringify(staffIdOf(`${role}${digit}`, seat)),
    );
  const { start: begunThere, ...rest } = JSON.parse(there) as Pick<CaseFile, 'entries' | 'outbox' | 'counted'> & {
    readonly start: Omit<CaseStart, 'edition'>;
  };
  return refold({ ...begunThere, edition }, rest.entries, { ...rest, revision });
}
