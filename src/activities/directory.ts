/* The directory: addresses of staff, their deputies, and the next recipient of a letter. */

import type { PlainDate } from '../domain/basics/calendar';
import { isMailboxAddress } from '../domain/basics/roles';
import type { Letter } from '../domain/state/outbox';
import type { Language } from '../domain/words';

/** The staff and their addresses: the content of `STAFF_FILE`, as far as mail needs it. */
export interface StaffDirectory {
  readonly staff: readonly StaffMember[];
  readonly offices: readonly { readonly id: string; readonly dutyDesk: string }[];
  readonly operations: string;
}

interface StaffMember {
  readonly id: string;
  readonly email: string;
  readonly language: Language;
  readonly deputy?: string | undefined;
  readonly absent?: readonly { readonly from: string; readonly until: string }[] | undefined;
}

/** The address and the language of a recipient. */
export interface Addressee {
  readonly email: string;
  readonly language: Language;
}

export interface Directory {
  /** The address of a staff member or a mailbox on a day; null if they are unknown or absent. */
  reach(to: string, on: PlainDate): Addressee | null;
  deputyOf(to: string): string | undefined;
  /** The next recipient of a letter that cannot be delivered to its addressee; null where nobody is left. */
  nextAfter(
    letter: Pick<Letter, 'to' | 'triedRecipients'>,
    from: { readonly office: string; readonly supervisor?: string | undefined },
  ): string | null;
  /** Whether this addressee is the last recipient. */
  isLast(to: string, supervisor: string | undefined): boolean;
}

/** Looks people up at the instant of sending: a letter is addressed when it is sent, not when it is written. */
export function createDirectory({ staff, offices, operations }: StaffDirectory): Directory {
  const find = (id: string) => staff.find((member) => member.id === id);
  const deputyOf = (to: string) => find(to)?.deputy;
  return {
    deputyOf,
    reach(to, on) {
      // Everybody who reads a shared mailbox reads Dutch.
      if (isMailboxAddress(to)) return { email: to, language: 'nl' };
      const member = find(to);
      return member === undefined || isAbsent(member, on) ? null : member;
    },
    // The deputy of the first addressee, not of each deputy: a letter must reach a mailbox before it has gone round.
    nextAfter({ to, triedRecipients }, { office, supervisor }) {
      const mailbox = offices.find(({ id }) => id === office)?.dutyDesk;
      const chain = [deputyOf(triedRecipients[0] ?? to), mailbox, supervisor, operations];
      return chain.find((each) => each !== undefined && each !== to && !triedRecipients.includes(each)) ?? null;
    },
    isLast: (to, supervisor) => to === supervisor || to === operations,
  };
}

function isAbsent({ absent = [] }: StaffMember, on: PlainDate): boolean {
  return absent.some(({ from, until }) => from <= on && on <= until);
}
