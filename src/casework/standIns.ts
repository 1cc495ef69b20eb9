import { isAbsent } from '../domain/basics/absence';
import type { PlainDate } from '../domain/basics/calendar';
import type { Caller } from '../domain/basics/roles';
import type { StaffList } from './installation';

/** The caller with the colleagues for whom they stand in on a day: those who are absent then, and whose deputy they are. */
export function standingIn({ staff }: Pick<StaffList, 'staff'>, caller: Caller, on: PlainDate): Caller {
  // The user of a partner may bear the id of one of the staff.
  if (caller.partner !== undefined) return caller;
  const standsInFor = staff.filter((member) => member.deputy === caller.id && isAbsent(member, on)).map(({ id }) => id);
  return standsInFor.length === 0 ? caller : { ...caller, standsInFor };
}
