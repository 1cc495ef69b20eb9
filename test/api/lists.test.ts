import {
  boardAnswer,
  caseListAnswer,
  changesAnswer,
  forecastAnswer,
  outageAnswer,
  outageListAnswer,
  taskListAnswer,
} from '../../src/api/responses/listSchemas';
import { instantOf } from '../../src/domain/basics/calendar';
import { caseFile, workflowIdOf } from '../../src/workflows/messages';
import { daysFromNow, type Answer } from './support/service';
import { startWithRegister, type ServiceWithRegister } from './support/withRegister';

interface Item {
  readonly reference: string;
}

let service: ServiceWithRegister;
let [mine, reflection, there] = ['', '', ''];

beforeAll(async () => {
  service = await startWithRegister();
  [mine, reflection, there] = await Promise.all([service.open(), service.open(), service.open('rotterdam')]);
  await service.as('police-1').tell(reflection, { type: 'reflectionStarted', on: daysFromNow(-1) });
  await Promise.all([mine, reflection, there].map(service.settled));
});
afterAll(() => service.stop());

const get = (who: string, path: string, headers = {}) => service.as(who).get(`/v1${path}`, headers);
const referencesIn = ({ body }: Answer) => (body.items as Item[]).map(({ reference }) => reference);

describe('the list of cases', () => {
  it('shows a case with its stage and its dates', async () => {
    const { status, body } = await get('caseworker-1', '/pathways?stage=reflection');
    expect([status, caseListAnswer.strict().parse(body)]).toEqual([200, body]);
    const pathway = (await get('caseworker-1', `/pathways/${reflection}`)).body;
    const open = pathway.tasks.filter(({ state }: { state: string }) => state === 'open' || state === 'overdue');
    const dates = [...open.map(({ due }: { due: string }) => due), pathway.reflectionPeriod.endsOn].sort();
    expect(body).toEqual({
      items: [
        {
          ...{ reference: reflection, office: 'amsterdam', stage: 'reflection', since: daysFromNow(-1), firstDue: dates[0] },
          nextDate: dates.find((date) => date >= daysFromNow(0)),
          ...{ overdue: false, escalated: false, decisionNeeded: false, unassigned: expect.any(Number), undelivered: 0 },
        },
      ],
      next: null,
    });
  });

  it('shows the day of a corrected fact', async () => {
    const other = await service.open();
    await service.as('police-1').tell(other, { type: 'reflectionStarted', on: daysFromNow(-1) });
    const fact = (await get('caseworker-1', `/pathways/${other}/facts`)).body.items.at(-1).id;
    const right = { type: 'reflectionStarted', on: daysFromNow(0) };
    await service.as('supervisor-1').tell(other, { type: 'corrected', replaces: fact, reason: 'mistake', with: right });
    await service.settled(other);
    const { items } = (await get('caseworker-1', '/pathways?stage=reflection')).body;
    expect(items.find(({ reference }: Item) => reference === other)).toMatchObject({ since: daysFromNow(0) });
  });

  it('is of the office, or of the nation; of an office out of reach it is empty, and a partner has none', async () => {
    expect(referencesIn(await get('caseworker-1', '/pathways'))).toEqual(expect.arrayContaining([mine, reflection]));
    expect(referencesIn(await get('caseworker-1', '/pathways'))).not.toContain(there);
    expect(referencesIn(await get('ind-1', '/pathways'))).toEqual(expect.arrayContaining([mine, reflection, there]));
    expect(referencesIn(await get('ind-1', '/pathways?office=rotterdam'))).toEqual([there]);
    expect((await get('caseworker-1', '/pathways?office=rotterdam')).body).toEqual({ items: [], next: null });
    const refused = await get('iom-1', '/pathways');
    expect([refused.status, refused.body.code]).toEqual([403, 'role-not-allowed']);
  });

  it('is narrowed by stages, by its team, and by what is open', async () => {
    expect(referencesIn(await get('caseworker-1', '/pathways?stage=reflection&stage=intake'))).toEqual(
      expect.arrayContaining([mine, reflection]),
    );
    expect(referencesIn(await get('caseworker-2', '/pathways?assignee=me'))).toEqual([]);
    expect(referencesIn(await get('caseworker-1', '/pathways?assignee=me'))).toContain(mine);
    expect(referencesIn(await get('caseworker-1', `/pathways?dueBefore=${daysFromNow(-30)}`))).toEqual([]);
    expect(referencesIn(await get('caseworker-1', '/pathways?decisionNeeded=true&open=true'))).toEqual([]);
  });

  it.each([
    ['stage', "stage=intake'%20OR%20Office='rotterdam"],
    ['stage', 'stage=nonsense'],
    ['office', "office=amsterdam'"],
    ['office', 'office=utrecht'],
    ['overdue', 'overdue=false'],
    ['assignee', 'assignee=caseworker-2'],
    ['dueBefore', 'dueBefore=tomorrow'],
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['cursor', "cursor='"],
    ['cursor', 'cursor=nonsense'],
    ['sort', 'sort=since'],
  ])('accepts only its own filters and their values: not %s in %s', async (path, query) => {
    const { status, body } = await get('ind-1', `/pathways?${query}`);
    const paths = body.errors?.map((fault: { path: string }) => fault.path.split('.')[0]);
    expect({ status, code: body.code, paths }).toEqual({ status: 400, code: 'invalid-request', paths: [path] });
  });

  it('comes in pages of the size that is asked for, and its cursor holds for no other list or caller', async () => {
    const first = await get('ind-1', '/pathways?limit=1');
    const next = encodeURIComponent(first.body.next as string);
    const second = await get('ind-1', `/pathways?limit=50&cursor=${next}`);
    expect(referencesIn(first)).toHaveLength(1);
    expect(referencesIn(second)).not.toContain(referencesIn(first)[0]);
    const others = [await get('ind-1', `/pathways?stage=intake&cursor=${next}`), await get('kmar-1', `/pathways?cursor=${next}`)];
    expect(others.map(({ status, body }) => [status, body.errors[0].path])).toEqual(others.map(() => [400, 'cursor']));
  });

  it('is refused for a while, while the register lacks cases', async () => {
    await service.database.asOwner('update pathways.register_filled set at = null');
    const answers = await Promise.all(
      ['/pathways', '/tasks', '/changes', '/forecast', '/boards/supervisor'].map((path) => get('supervisor-1', path)),
    );
    await service.database.asOwner('update pathways.register_filled set at = now()');
    expect(answers.map(({ status, body, headers }) => [status, body.code, headers.get('Retry-After')])).toEqual(
      answers.map(() => [503, 'register-filling', '60']),
    );
  });
});

describe('a list as a table', () => {
  const asTable = { Accept: 'text/csv' };

  it('has a heading and a line for each case, and the same cases', async () => {
    const { status, headers, body } = await get('caseworker-1', '/pathways', asTable);
    expect([status, headers.get('Content-Type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    const [heading, ...lines] = (body as string).split('\r\n');
    expect(heading).toBe('reference,office,stage,since,firstDue,nextDate,overdue,escalated,decisionNeeded,unassigned,undelivered');
    const listed = referencesIn(await get('caseworker-1', '/pathways'));
    expect(lines.map((line) => line.split(',')[0])).toEqual([...listed, '']);
  });

  it.each([
    ['tasks', 'caseworker-1', 'reference,stage,task,'],
    ['changes', 'caseworker-1', 'reference,revision,at,gone'],
    ['boards/supervisor', 'supervisor-1', 'id,title,count,atLeast,list'],
    ['forecast', 'supervisor-1', 'week,from,office,decisions,'],
    ['outages', 'supervisor-1', 'id,from,until,moments,worst'],
  ])('is there of %s too', async (path, who, heading) => {
    const { status, body } = await get(who, `/${path}`, asTable);
    expect([status, (body as string).slice(0, heading.length)]).toEqual([200, heading]);
  });

  it('leaves a line about each case in the record, beside the line of the list', async () => {
    const before = service.audit.lines().length;
    await get('caseworker-1', '/pathways?stage=reflection', asTable);
    const listed = referencesIn(await get('caseworker-1', '/pathways?stage=reflection'));
    const lines = service.audit.lines().slice(before);
    expect(lines.map((line) => 'reference' in line && line.reference)).toEqual([undefined, ...listed, undefined]);
    expect(lines[0]).toMatchObject({ did: 'list', outcome: 'seen', rows: listed.length });
  });
});

describe("a day's tasks", () => {
  it('say what is to be done, by when and why, in the language of the reader', async () => {
    const { status, headers, body } = await get('caseworker-1', '/tasks', { 'Accept-Language': 'nl' });
    expect([status, headers.get('Content-Language'), taskListAnswer.strict().parse(body)]).toEqual([200, 'nl', body]);
    const found = body.items.find(
      ({ reference, task }: Item & { task: { id: string } }) => reference === mine && task.id === 'safety-assessment',
    );
    expect(found).toMatchObject({
      ...{ stage: 'intake', overdue: false, statutory: false, owner: 'caseworker', assignee: 'caseworker-1' },
      task: { id: 'safety-assessment', kind: 'safety', title: 'Veiligheid inschatten' },
      ...{ why: 'Onze eigen werkafspraak.', pathway: `/v1/pathways/${mine}` },
    });
    const pathway = (await service.as('caseworker-1').get(found.pathway as string)).body;
    const same = pathway.tasks.find(({ id }: { id: string }) => id === 'safety-assessment');
    expect([found.due, found.dueAt]).toEqual([same.due, same.dueAt]);
  });

  it('reach a week ahead unless told', async () => {
    const usual = (await get('caseworker-1', '/tasks')).body.items as { due: string }[];
    expect(usual.filter(({ due }) => due > daysFromNow(7))).toEqual([]);
    const further = (await get('caseworker-1', `/tasks?until=${daysFromNow(60)}`)).body.items as unknown[];
    expect(further.length).toBeGreaterThan(usual.length);
  });

  it('of somebody else are for the supervisor', async () => {
    const refused = await get('caseworker-2', '/tasks?assignee=caseworker-1');
    expect([refused.status, refused.body.code]).toEqual([403, 'role-not-allowed']);
    const seen = await get('supervisor-1', '/tasks?assignee=caseworker-1');
    expect(seen.body.items).toEqual((await get('caseworker-1', '/tasks')).body.items);
    expect((await get('supervisor-rotterdam-1', '/tasks?assignee=caseworker-1')).body.items).toEqual([]);
    const nobodys = (await get('supervisor-1', '/tasks?assignee=none')).body.items as { assignee: string | null }[];
    expect(nobodys.filter(({ assignee }) => assignee !== null)).toEqual([]);
  });
});

describe('the board', () => {
  it('counts with each tile the list that the tile leads to', async () => {
    const { status, body } = await get('supervisor-1', '/boards/supervisor');
    expect([status, boardAnswer.strict().parse(body)]).toEqual([200, body]);
    const lengths = await Promise.all(
      (body.tiles as { list: string }[]).map(async ({ list }) => {
        const table = (await service.as('supervisor-1').get(list, { Accept: 'text/csv' })).body as string;
        return table.split('\r\n').length - 2;
      }),
    );
    expect((body.tiles as { count: number }[]).map(({ count }) => count)).toEqual(lengths);
    expect(lengths.at(-1)).toBeGreaterThan(1);
  });

  it('is in the language of the reader, and of another office all its tiles are empty', async () => {
    const dutch = (await get('supervisor-1', '/boards/supervisor', { 'Accept-Language': 'nl' })).body.tiles;
    expect(dutch.at(-1)).toMatchObject({ id: 'open', title: 'Alle open zaken', atLeast: false });
    const elsewhere = (await get('supervisor-1', '/boards/supervisor?office=rotterdam')).body.tiles as { count: number }[];
    expect(elsewhere.filter(({ count }) => count > 0)).toEqual([]);
  });
});

describe('the forecast', () => {
  it('counts the end of a period in its week', async () => {
    const { status, body } = await get('supervisor-1', '/forecast');
    expect([status, forecastAnswer.strict().parse(body), body.items.length]).toEqual([200, body, 26]);
    const { endsOn } = (await get('caseworker-1', `/pathways/${reflection}`)).body.reflectionPeriod;
    const week = (body.items as { from: string; decisions: number; week: string }[]).findLast(({ from }) => from <= endsOn);
    expect(week?.decisions).toBeGreaterThan(0);
    expect(week?.week).toMatch(/^20\d\d-W\d\d$/);
  });

  it('is of each office for a national role, and as long as is asked', async () => {
    const { body } = await get('kmar-1', '/forecast?weeks=2');
    expect((body.items as { office: string }[]).map(({ office }) => office)).toEqual(['amsterdam', 'rotterdam', 'amsterdam', 'rotterdam']);
    expect((await get('supervisor-1', '/forecast?office=rotterdam')).body.items).toEqual([]);
  });
});

describe('the feed of changes', () => {
  it('has a case again once it changes', async () => {
    const first = await get('caseworker-1', '/changes');
    expect([first.status, changesAnswer.strict().parse(first.body)]).toEqual([200, first.body]);
    expect(referencesIn(first)).toEqual(expect.arrayContaining([mine, reflection]));
    const next = `/changes?cursor=${encodeURIComponent(first.body.next as string)}`;
    expect((await get('caseworker-1', next)).body.items).toEqual([]);
    await service.as('police-1').tell(mine, { type: 'interviewHeld' });
    await service.settled(mine);
    expect(referencesIn(await get('caseworker-1', next))).toEqual([mine]);
  });

  it('begins anew after the database was restored', async () => {
    const { next } = (await get('caseworker-1', '/changes')).body;
    await service.database.asOwner(`update pathways.register_filled set at = at + interval '1 second'`);
    const { status, body } = await get('caseworker-1', `/changes?cursor=${encodeURIComponent(next as string)}`);
    expect([status, body.code]).toEqual([400, 'cursor-expired']);
  });
});

describe('the outages', () => {
  const minutes = (count: number) => instantOf(Date.now() - count * 60_000);
  beforeAll(async () => {
    const file = await service.client.workflow.getHandle(workflowIdOf(mine)).query(caseFile);
    const said = { what: ['reminder'], about: ['safety-plan'], deadline: null, mails: 1 };
    await service.written.write({ file, now: minutes(0), late: [{ plannedAt: minutes(150), happenedAt: minutes(20), said }] });
  });

  it('are shown to the supervisor with what was late', async () => {
    const { body } = await get('supervisor-1', '/outages');
    expect(outageListAnswer.strict().parse(body)).toEqual(body);
    expect(body.items).toMatchObject([{ from: minutes(150), until: minutes(20), moments: 1, worst: 'PT2H10M' }]);
    const one = await get('supervisor-1', `/outages/${body.items[0].id}`);
    expect([one.status, outageAnswer.strict().parse(one.body)]).toEqual([200, one.body]);
    expect(one.body.items).toMatchObject([{ reference: mine, what: ['reminder'], mails: 1 }]);
  });

  it('are shown to the auditor without any case, and are unknown elsewhere', async () => {
    const [{ id }] = (await get('auditor-1', '/outages')).body.items;
    expect((await get('auditor-1', `/outages/${id}`)).status).toBe(403);
    expect((await get('supervisor-rotterdam-1', '/outages')).body.items).toEqual([]);
    const unknown = await get('supervisor-rotterdam-1', `/outages/${id}`);
    expect([unknown.status, unknown.body.code, unknown.body.detail]).toEqual([
      404,
      'not-found',
      'There is no such outage, or it is not for you to see.',
    ]);
  });
});
