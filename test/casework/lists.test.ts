import type { Caller } from '../../src/domain/basics/roles';
import { stages } from '../../src/domain/state/situation';
import { boardFor } from '../../src/casework/lists/board';
import { forecastFor } from '../../src/casework/lists/forecast';
import { tasksFor } from '../../src/casework/lists/tasks';
import { tiles } from '../../src/casework/lists/tiles';
import type { Lists, TaskOfCase } from '../../src/casework/ports/lists';
import { schemasFor } from '../../src/casework/requests/schemas';
import { demoStaff } from '../api/support/staff';
import { noLists } from '../support/noLists';

const schemas = schemasFor({ staff: demoStaff });
const caseworker: Caller = { id: 'caseworker-1', roles: ['caseworker'], office: 'amsterdam' };
const supervisor: Caller = { id: 'supervisor-1', roles: ['supervisor'], office: 'amsterdam' };

describe('the tasks of a day', () => {
  const asked: Parameters<Lists['tasks']>[0][] = [];
  const found: TaskOfCase = {
    ...{ reference: 'BT-1', stage: 'intake', due: '2027-12-07', dueAt: null, overdue: false, statutory: true },
    ...{ owner: 'caseworker', assignee: 'caseworker-2' },
    said: { id: 'safety-plan', rule: 'safety-plan', taskKind: 'safety', source: 'VC15 B8/3' },
  };
  const lists = {
    tasks: async (each: Parameters<Lists['tasks']>[0]) => {
      asked.push(each);
      return { items: [found], next: null };
    },
  };
  const tasks = (caller: Caller, options: object = {}, language: 'nl' | 'en' = 'en') => {
    asked.splice(0);
    return tasksFor({ lists, schemas })({ ...asking(caller), options, language });
  };

  it('are those of the caller and of the absent colleagues for whom they stand in, and say so', async () => {
    const { items } = await tasks({ ...caseworker, standsInFor: ['caseworker-2'] });
    expect(asked[0]?.assignees).toEqual(['caseworker-1', 'caseworker-2']);
    expect(items).toMatchObject([{ standsInFor: 'caseworker-2', why: 'Required by law: Aliens Circular 2000 (2015), B8/3.' }]);
    const { items: own } = await tasks(supervisor, { assignee: 'caseworker-2' });
    expect(own[0]).not.toHaveProperty('standsInFor');
  });

  it('are in the language of the reader', async () => {
    const { items } = await tasks(caseworker, {}, 'nl');
    expect(items).toMatchObject([
      { task: { title: 'Veiligheidsplan' }, why: 'Wettelijk verplicht: Vreemdelingencirculaire 2000 (2015), B8/3.' },
    ]);
  });

  it('reach a week ahead unless told', async () => {
    await tasks(caseworker);
    expect(asked[0]?.until).toBe('2027-12-08');
    await tasks(caseworker, { until: '2028-02-01', statutory: 'true' });
    expect(asked[0]).toMatchObject({ until: '2028-02-01', statutory: true, overdue: false });
  });

  it('of a role that nobody holds are for a supervisor', async () => {
    await tasks(supervisor, { assignee: 'none' });
    expect(asked[0]?.assignees).toEqual([null]);
    await expect(tasks(caseworker, { assignee: 'none' })).rejects.toMatchObject({ code: 'role-not-allowed' });
    await expect(tasks(caseworker, { assignee: 'caseworker-2' })).rejects.toMatchObject({ code: 'role-not-allowed' });
  });
});

describe('a tile', () => {
  it('stops counting at 1,000, and says that there are more', async () => {
    const counts = async () => tiles.map((_, place) => 999 + place);
    const { items } = await boardFor({ lists: { counts }, schemas })({ ...asking(supervisor), language: 'en' });
    expect(items.slice(0, 3).map(({ count, atLeast }) => [count, atLeast])).toEqual([
      [999, false],
      [1_000, false],
      [1_000, true],
    ]);
  });

  it('counts the very list that it names, of its own office', async () => {
    const filters: unknown[] = [];
    const counts = async (each: Parameters<Lists['counts']>[0]) => {
      filters.push(...each.filters);
      return [];
    };
    const { items } = await boardFor({ lists: { counts }, schemas })({ ...asking(supervisor), language: 'nl' });
    for (const { list } of items) expect(schemas.lists.cases.parse(list)).toEqual(list);
    expect(new Set(items.map(({ list }) => list.office))).toEqual(new Set(['amsterdam']));
    expect(filters).toHaveLength(tiles.length);
    expect(filters.every((filter) => (filter as { open: boolean }).open)).toBe(true);
  });
});

describe('the weeks of a forecast', () => {
  it.each([
    ['2027-01-03T12:00:00Z', '2026-W53', '2026-12-28'],
    ['2027-01-04T12:00:00Z', '2027-W01', '2027-01-04'],
    ['2026-11-30T12:00:00Z', '2026-W49', '2026-11-30'],
    ['2024-12-31T12:00:00Z', '2025-W01', '2024-12-30'],
  ] as const)('are those of ISO 8601: %s is in %s', async (now, week, from) => {
    const { items } = await forecastFor({ lists: noLists, schemas, staff: demoStaff })({
      ...asking(supervisor),
      now,
      options: { weeks: '1' },
    });
    expect(items).toEqual([{ week, from, office: 'amsterdam', decisions: 0, permits: 0, returns: 0, reporting: 0 }]);
  });
});

describe('the wishes for a list', () => {
  it.each([
    [{ stage: 'intake' }, { stage: ['intake'] }],
    [{ stage: [...stages] }, { stage: stages }],
    [{ limit: '100' }, { limit: 100 }],
    [{}, {}],
  ])('are read from an address: %j', (sent, wished) => {
    expect(schemas.lists.cases.parse(sent)).toEqual(wished);
  });
});

function asking(caller: Caller) {
  return { caller, now: '2027-12-01T09:00:00Z', request: { id: 'a', trace: 'b' } } as const;
}
