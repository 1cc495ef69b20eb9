import type { PlainDate } from '../domain/basics/calendar';
import { isMailboxAddress } from '../domain/basics/roles';
import type { Letter } from '../domain/state/outbox';
import type { Language } from '../domain/words';

/** Who works with the service and how they are reached: the content of `STAFF_FILE`, as far as mail needs it. */
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

/** Where a letter goes. */
export interface Addressee {
  readonly email: string;
  readonly language: Language;
}

export interface Directory {
  /** Who is reached under a staff id or a desk's address on a day; nobody, if unknown or absent. */
  reach(to: string, on: PlainDate): Addressee | null;
  deputyOf(to: string): string | undefined;
  /** To whom a letter falls that its addressee cannot get; null where nobody is left. */
  nextAfter(letter: Pick<Letter, 'to' | 'triedRecipients'>, from: { readonly office: string; readonly supervisor: string }): string | null;
  /** Whether nobody comes after this addressee. */
  isLast(to: string, supervisor: string): boolean;
}

/** Looks people up as they are now: a letter is addressed when it is sent, not when it is planned. */
export function createDirectory({ staff, offices, operations }: StaffDirectory): Directory {
  const find = (id: string) => staff.find((member) => member.id === id);
  const deputyOf = (to: string) => find(to)?.deputy;
  return {
    deputyOf,
    reach(to, on) {
      // Those at a desk all read Dutch.
      if (isMailboxAddress(to)) return { email: to, language: 'nl' };
      const member = find(to);
      return member === undefined || isAbsent(member, on) ? null : member;
    },
    // The first addressee's deputy, not each deputy's own: a letter must come to a desk before it has gone round.
    nextAfter({ to, triedRecipients }, { office, supervisor }) {
      const desk = offices.find(({ id }) => id === office)?.dutyDesk;
      const chain = [deputyOf(triedRecipients[0] ?? to), desk, supervisor, operations];
      return chain.find((each) => each !== undefined && each !== '' && each !== to && !triedRecipients.includes(each)) ?? null;
    },
    isLast: (to, supervisor) => to === supervisor || to === operations,
  };
}

function isAbsent({ absent = [] }: StaffMember, on: PlainDate): boolean {
  return absent.some(({ from, until }) => from <= on && on <= until);
}
