import { roles, type Caller, type Role } from '../../src/domain/basics/roles';
import { actions, actingIn, may, mayNever, rights, type Action, type Where } from '../../src/domain/rights/rights';
import { tableOfRights } from '../support/tableOfRights';

/* The table of rights in docs/rights.md, cell by cell, and the answers that it leads to. */

const columns: Readonly<Record<string, Action>> = {
  open: 'open',
  list: 'list',
  read: 'read',
  tell: 'tell',
  'intake data': 'intake',
  tasks: 'tasks',
  board: 'board',
  forecast: 'forecast',
  outages: 'outages',
  'late moments': 'lateMoments',
  'access log': 'accessLog',
  'UI, decoded': 'decode',
  statistics: 'statistics',
};

describe('the table in docs/rights.md', () => {
  const cells = tableOfRights().map(({ role, right, reach }) => ({ role, reach, action: columns[right] as Action }));

  it('has a row for each role and a column for each right', () => {
    expect([...new Set(cells.map(({ role }) => role))].toSorted()).toEqual(roles.toSorted());
    expect([...new Set(cells.map(({ action }) => action))].toSorted()).toEqual(actions.toSorted());
    expect(cells).toHaveLength(roles.length * actions.length);
  });

  it.each(cells)('is the table of the code: $role, $action, $reach', ({ role, action, reach }) => {
    const words: Readonly<Record<string, string>> = { figures: 'hidden (figures only)', metadata: 'hidden (metadata only)' };
    const right = rights[role][action] ?? '-';
    expect(words[right] ?? right).toBe(reach);
  });
});

describe('a right', () => {
  it('of an office ends at its own cases: another office has none', () => {
    expect(answers(caseworker, here)).toMatchObject({ read: 'yes', tell: 'yes', list: 'yes', open: 'yes' });
    expect(answers(caseworker, there)).toMatchObject({ read: 'hidden', tell: 'hidden', list: 'hidden', open: 'hidden' });
  });

  it('that goes less far than reading is refused as such within what the caller reads, and hidden beyond it', () => {
    expect(may(caseworker, 'intake', here)).toBe('not-allowed');
    expect(may(caseworker, 'intake', there)).toBe('hidden');
  });

  it('that none of the roles has is refused whatever the case, so that the refusal tells nothing', () => {
    for (const where of [here, there, { ...here, hidden: true }]) {
      expect(may(caseworker, 'accessLog', where)).toBe('not-allowed');
      expect(may(auditor, 'read', where)).toBe('not-allowed');
      expect(may(police, 'decode', where)).toBe('not-allowed');
    }
    expect([mayNever(auditor, 'read'), mayNever(auditor, 'accessLog')]).toEqual([true, false]);
  });

  it('of the rapporteur reaches no case, and of the auditor the access log of each', () => {
    expect(may(national('rapporteur'), 'read', here)).toBe('hidden');
    expect([here, there].map((where) => may(auditor, 'accessLog', where))).toEqual(['yes', 'yes']);
  });

  it('to decode is of the auditor for no word of a case, and yet lets the auditor look at the rest', () => {
    for (const where of [here, there]) expect(may(auditor, 'decode', where)).toBe('hidden');
    expect(roles.filter((role) => !mayNever({ roles: [role] }, 'decode'))).toEqual(['supervisor', 'auditor']);
  });

  it.each(['police', 'kmar', 'inspectorate', 'prosecution'] as const)('does not reach a hidden case by the role %s', (role) => {
    const caller: Caller = { id: 'one', roles: [role], office: role === 'police' ? 'amsterdam' : undefined };
    expect([may(caller, 'read', here), may(caller, 'read', { ...here, hidden: true })]).toEqual(['yes', 'hidden']);
  });

  it('reaches a hidden case by any other role, and by another role beside those', () => {
    const hidden = { ...here, hidden: true };
    expect([caseworker, national('ind')].map((who) => may(who, 'read', hidden))).toEqual(['yes', 'yes']);
    expect(may({ ...caseworker, roles: ['police', 'caseworker'] }, 'tell', hidden)).toBe('yes');
    expect(may({ ...caseworker, roles: ['police', 'auditor'] }, 'read', hidden)).toBe('hidden');
  });

  it('of one role is not lent to another: whoever reaches a case by one acts by that one alone', () => {
    const both: Caller = { ...caseworker, roles: ['caseworker', 'kmar'] };
    expect(may(both, 'tell', there)).toBe('yes');
    expect(actingIn(both, there).roles).toEqual(['kmar']);
    expect(actingIn(both, here).roles).toEqual(['caseworker', 'kmar']);
    expect(may(both, 'read', { ...there, hidden: true })).toBe('hidden');
  });
});

describe('the reach of a team', () => {
  const team = { caseworker: { staffId: 'caseworker-1', since: '2027-09-01T07:00:00Z' } } as const;
  const intake = (caller: Caller, where: Partial<Where>) => may(caller, 'intake', { ...here, ...where });

  it('is for whoever holds a role in it, by id and role', () => {
    expect(intake(caseworker, { team })).toBe('yes');
    expect(intake({ ...caseworker, id: 'caseworker-2' }, { team })).toBe('not-allowed');
    expect(intake({ ...caseworker, roles: ['lawyer'] }, { team })).toBe('not-allowed');
  });

  it('is for whoever stands in for an absent member, and for whoever has just registered the case', () => {
    const other: Caller = { ...caseworker, id: 'caseworker-2' };
    expect(intake({ ...other, standsInFor: ['caseworker-1'] }, { team })).toBe('yes');
    expect(intake({ ...other, standsInFor: ['caseworker-3'] }, { team })).toBe('not-allowed');
    expect(intake(other, { registrant: 'caseworker-2' })).toBe('yes');
  });

  it('is not for another office, nor for the police of a hidden case', () => {
    const where = { team, registrant: 'caseworker-1' };
    expect(intake({ ...caseworker, office: 'rotterdam' }, where)).toBe('hidden');
    expect(intake(police, { hidden: true, registrant: 'police-1' })).toBe('hidden');
  });
});

describe('the reach of a partner', () => {
  const iom: Caller = { id: 'iom-1', roles: ['partner'], partner: 'iom' };

  it('is the cases that it was told of', () => {
    expect(answers(iom, { ...here, told: ['iom'] })).toMatchObject({
      read: 'yes',
      tell: 'yes',
      intake: 'not-allowed',
      list: 'not-allowed',
    });
    for (const told of [undefined, [], ['dtv']]) expect(answers(iom, { ...here, told })).toMatchObject({ read: 'hidden', tell: 'hidden' });
  });

  it('does not lend its name to another role', () => {
    const both: Caller = { ...iom, roles: ['partner', 'ind'] };
    expect(actingIn(both, here)).toMatchObject({ roles: ['ind'] });
    expect(actingIn(both, here).partner).toBeUndefined();
  });
});

const here: Where = { office: 'amsterdam', hidden: false };
const there: Where = { office: 'rotterdam', hidden: false };
const caseworker: Caller = { id: 'caseworker-1', roles: ['caseworker'], office: 'amsterdam' };
const police: Caller = { id: 'police-1', roles: ['police'], office: 'amsterdam' };
const auditor = national('auditor');

function national(role: Role): Caller {
  return { id: `${role}-1`, roles: [role] };
}

function answers(caller: Caller, where: Where) {
  return Object.fromEntries(actions.map((action) => [action, may(caller, action, where)]));
}
