import { dateOf, instantOf, type Instant, type PlainDate } from '../domain/basics/calendar';
import type { TeamRole } from '../domain/basics/roles';
import type { Stage } from '../domain/state/situation';
import { forecastKinds } from '../domain/views/forecast';
import type { LateMoment } from '../domain/views/lateMoment';
import type { SaidOfItem } from '../domain/views/registerRows';
import type {
  CaseItem,
  CasesAsked,
  Change,
  CountsAsked,
  ForecastAsked,
  LateMoment as LateMomentOfCase,
  Lists,
  Outage,
  OutagesAsked,
  Paged,
  TaskOfCase,
  TasksAsked,
  WeekOfOffice,
} from '../casework/ports/lists';
import { Refused } from '../casework/refused';
import type { CaseKeys } from '../privacy/caseKeys';
import { KeysUnavailable } from '../privacy/keyErrors';
import type { SystemKey } from '../privacy/key';
import { keyedHashOf } from '../privacy/keyedHash';
import type { CaseRow, Moment } from '../store/lists/cases';
import type { ChangeRow } from '../store/lists/changes';
import type { ForecastRow } from '../store/lists/forecast';
import type { ListTables } from '../store/lists/lists';
import type { LateRow, OutageRow } from '../store/lists/outages';
import type { TaskRow } from '../store/lists/tasks';
import { StoreAway } from '../store/storeAway';
import { shortHash } from './caseRows';
import { cursorsUnder } from './cursors';
import { openedRows, type OpenedRow } from './openedRows';
import { filledOrigin, pagesFrom } from './pages';
import { seals } from './seals';

interface Parts {
  readonly tables: ListTables;
  readonly keys: Pick<CaseKeys, 'prefetch' | 'ofReference'>;
  readonly systemKey: SystemKey;
}

export function openLists({ tables, keys, systemKey }: Parts): Lists {
  const hash = keyedHashOf(systemKey);
  const readPage = pagesFrom(tables, cursorsUnder(systemKey));
  const opened = openedRows(keys);
  const outagesOf = async (asked: OutagesAsked) => {
    await filledOrigin(tables);
    return tables.outages(asked);
  };
  return {
    cases: answered(({ filter, ...asked }: CasesAsked) =>
      readPage({
        list: 'cases',
        asked,
        read: (after, most) => tables.cases({ reach: asked.reach, filter, moment: momentOf(asked.now), after, most }),
        positionOf: ({ due, reference }: CaseRow) => ({ due, reference }),
        itemsOf: (rows) => rows.map(caseItem),
      }),
    ),
    counts: answered(async ({ now, ...asked }: CountsAsked) => {
      await filledOrigin(tables);
      return tables.counts({ ...asked, moment: momentOf(now) });
    }),
    tasks: answered(({ assignees, until, overdue, statutory, ...asked }: TasksAsked) => {
      const wanted = { reach: asked.reach, moment: momentOf(asked.now), assignees, until, overdue, statutory };
      return readPage({
        list: 'tasks',
        asked,
        read: (after, most) => tables.tasks({ ...wanted, after, most }),
        positionOf: ({ due, reference, item }: TaskRow) => ({ due, reference, item }),
        itemsOf: async (rows) => (await opened<TaskRow, SaidOfItem>(rows, sealOfTask)).map(taskItem),
      });
    }),
    forecast: answered(async ({ reach, from, before }: ForecastAsked) => {
      await filledOrigin(tables);
      const classes = forecastKinds.map((kind) => shortHash(hash, 'forecast', kind));
      return (await tables.forecast({ reach, from, before, classes })).map(weekOfOffice);
    }),
    changes: answered(async (asked: Paged) => {
      // Whoever begins anew may do so because the database was restored.
      if (asked.cursor === undefined) await tables.adoptForeign();
      return readPage({
        list: 'changes',
        asked,
        read: (after, most) => tables.changes({ reach: asked.reach, after, most }),
        positionOf: ({ feed, reference }: ChangeRow) => ({ feed, reference }),
        itemsOf: (rows) => rows.map(changeItem),
        goesOn: true,
        hasCome: ({ feed }, xmin) => BigInt(feed) < BigInt(xmin),
      });
    }),
    outages: answered(async (asked: OutagesAsked) => (await outagesOf(asked)).map(outageItem)),
    outage: answered(async (id: string, asked: OutagesAsked) => {
      const { reach, most } = asked;
      const found = (await outagesOf(asked)).find((row) => outageItem(row).id === id);
      if (found === undefined) return undefined;
      const rows = await tables.lateMoments({ reach, outage: found, most });
      return { ...outageItem(found), items: (await opened<LateRow, LateMoment['said']>(rows, sealOfMoment)).map(momentItem) };
    }),
  };
}

/** While the database or the keys are away, a request may be sent again. */
function answered<Asked extends readonly unknown[], Answer>(read: (...asked: Asked) => Promise<Answer>) {
  return async (...asked: Asked): Promise<Answer> => {
    try {
      return await read(...asked);
    } catch (failure) {
      throw failure instanceof StoreAway || failure instanceof KeysUnavailable ? new Refused('no-answer') : failure;
    }
  };
}

function sealOfTask({ reference, item }: TaskRow): readonly string[] {
  return seals.due(reference, Buffer.from(item, 'hex'));
}

function sealOfMoment({ reference, plannedAt }: LateRow): readonly string[] {
  return seals.late(reference, instantIn(plannedAt));
}

function momentOf(now: Instant): Moment {
  return { now, today: dateOf(now) };
}

function instantIn(date: Date): Instant {
  return instantOf(date.getTime());
}

function caseItem({ reference, office, stage, since, due, next, ...flags }: CaseRow): CaseItem {
  return {
    ...{ reference, office, stage: stage as Stage, since: since as PlainDate },
    firstDue: due === 'infinity' ? null : (due as PlainDate),
    nextDate: next as PlainDate | null,
    ...flags,
  };
}

function taskItem({ row, said }: OpenedRow<TaskRow, SaidOfItem>): TaskOfCase {
  const { reference, stage, due, dueAt, overdue, statutory, owner, assignee } = row;
  return {
    ...{ reference, stage: stage as Stage, said, due: due as PlainDate, dueAt: dueAt && instantIn(dueAt) },
    ...{ overdue, statutory, owner: owner as TeamRole, assignee },
  };
}

function weekOfOffice({ from, office, counts }: ForecastRow): WeekOfOffice {
  const [decisions = 0, permits = 0, returns = 0, reporting = 0] = counts;
  return { from: from as PlainDate, office, decisions, permits, returns, reporting };
}

function changeItem({ reference, gone, revision, at }: ChangeRow): Change {
  return gone ? { reference, gone } : { reference, revision: Number(revision), at: instantIn(at) };
}

function outageItem({ from, until, first, moments, worst }: OutageRow): Outage {
  const id = instantIn(first).replaceAll(/\D/g, '').slice(0, 12);
  return { id, from: instantIn(from), until: instantIn(until), moments, worst };
}

function momentItem({ row, said }: OpenedRow<LateRow, LateMoment['said']>): LateMomentOfCase {
  const { reference, plannedAt, happenedAt } = row;
  return { reference, plannedAt: instantIn(plannedAt), happenedAt: instantIn(happenedAt), ...said };
}
