/* The directory: addresses of staff and mailboxes, and deputies. */

import { isAbsent, type Absences } from '../domain/basics/absence';
import type { PlainDate } from '../domain/basics/calendar';
import { isMailboxAddress } from '../domain/basics/roles';
import type { Language } from '../domain/words';

/** The staff and their addresses: the content of `STAFF_FILE`, as far as mail needs it. */
export interface StaffDirectory {
  readonly staff: readonly StaffMember[];
  readonly offices: readonly { readonly id: string; readonly dutyDesk: string }[];
  readonly operations: string;
}

interface StaffMember extends Absences {
  readonly id: string;
  readonly email: string;
  readonly language: Language;
}

/** The address and the language of a recipient. */
export interface Addressee {
  readonly email: string;
  readonly language: Language;
}

export interface Directory {
  /** The address of a staff member or a mailbox on a day; null if they are unknown or absent. */
  reach(to: string, on: PlainDate): Addressee | null;
  readonly deputyOf: (to: string) => string | undefined;
  readonly dutyMailboxOf: (office: string) => string | undefined;
  readonly operations: string;
}

/** Looks people up at the instant of sending: a letter is addressed when it is sent, not when it is written. */
export function createDirectory({ staff, offices, operations }: StaffDirectory): Directory {
  const find = (id: string) => staff.find((member) => member.id === id);
  return {
    deputyOf: (to) => find(to)?.deputy,
    dutyMailboxOf: (office) => offices.find(({ id }) => id === office)?.dutyDesk,
    operations,
    reach(to, on) {
      // Everybody who reads a shared mailbox reads Dutch.
      if (isMailboxAddress(to)) return { email: to, language: 'nl' };
      const member = find(to);
      return member === undefined || isAbsent(member, on) ? null : member;
    },
  };
}
