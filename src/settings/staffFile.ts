import { z } from 'zod';
import { idInWords, idShape, partnerIdInWords, partnerIdShape } from '../domain/basics/ids';
import { areNational, roles, teamFromTheStart } from '../domain/basics/roles';
import { readsHidden } from '../domain/rights/rights';
import { readJsonFile } from './jsonFile';

const id = z.string().regex(idShape, idInWords);

const absence = z
  .strictObject({ from: z.iso.date(), until: z.iso.date() })
  .refine(({ from, until }) => from <= until, 'until is before from');

const staffMember = z
  .strictObject({
    id,
    email: z.email(),
    roles: z.array(z.enum(roles)).min(1),
    office: id.optional(),
    language: z.enum(['nl', 'en']),
    deputy: id.optional(),
    absent: z.array(absence).optional(),
    partner: z.string().regex(partnerIdShape, partnerIdInWords).optional(),
  })
  .refine((member) => member.roles.includes('partner') === (member.partner !== undefined), {
    message: 'partner is given exactly when the role is partner',
  })
  // A staff member without an office sees the cases of all offices.
  .refine((member) => member.office !== undefined || areNational(member.roles), {
    path: ['office'],
    message: 'is required: only national roles have none',
  });

const staffFile = z
  .strictObject({
    staff: z.array(staffMember).min(1),
    offices: z.array(z.strictObject({ id, dutyDesk: z.email() })).min(1),
    operations: z.email(),
  })
  .superRefine((file, context) => {
    for (const fault of faultsBetween(file)) context.addIssue({ code: 'custom', ...fault });
  });

/** The staff who work with the service, by staff id. Outside production they are invented people. */
export type StaffFile = z.infer<typeof staffFile>;

/** Reads and checks `STAFF_FILE`; all faults are named at once. */
export function loadStaff(path: string): StaffFile {
  return readJsonFile('STAFF_FILE', path, staffFile);
}

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}

function faultsBetween(file: StaffFile): Fault[] {
  return [...repeated('staff', file.staff), ...repeated('offices', file.offices), ...unknownNames(file), ...teamsMissing(file)];
}

function repeated(list: 'staff' | 'offices', items: readonly { id: string }[]): Fault[] {
  return items.flatMap((item, index) =>
    items.findIndex((other) => other.id === item.id) < index ? [{ path: [list, index, 'id'], message: `${item.id} is listed twice` }] : [],
  );
}

function unknownNames({ staff, offices }: StaffFile): Fault[] {
  const isListed = (name: string | undefined, among: readonly { id: string }[]) =>
    name === undefined || among.some((item) => item.id === name);
  return staff.flatMap((member, index) => [
    ...(isListed(member.office, offices) ? [] : [{ path: ['staff', index, 'office'], message: `there is no office ${member.office}` }]),
    ...(isListed(member.deputy, staff) ? [] : [{ path: ['staff', index, 'deputy'], message: `there is no staff member ${member.deputy}` }]),
    ...(isKeptFromDeputy(member, staff) ? [{ path: ['staff', index, 'deputy'], message: investigatorAsDeputy }] : []),
    ...(member.deputy === member.id ? [{ path: ['staff', index, 'deputy'], message: 'nobody is their own deputy' }] : []),
  ]);
}

const investigatorAsDeputy = 'may not read cases that are hidden from the police, and a deputy gets the mail about them';

/** A deputy gets the mail of a colleague, also of a case of which the police may not know. */
function isKeptFromDeputy(member: StaffFile['staff'][number], staff: StaffFile['staff']): boolean {
  const deputy = staff.find(({ id }) => id === member.deputy);
  const readsThem = (one: StaffFile['staff'][number]) => readsHidden(one, one.office ?? '');
  return deputy !== undefined && !readsThem(deputy) && readsThem(member);
}

function teamsMissing({ staff, offices }: StaffFile): Fault[] {
  return offices.flatMap((office, index) =>
    teamFromTheStart
      .filter((role) => !staff.some((member) => member.office === office.id && member.roles.includes(role)))
      .map((role) => ({ path: ['offices', index], message: `${office.id} has no ${role}` })),
  );
}
