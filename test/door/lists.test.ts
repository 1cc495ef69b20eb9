import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { dateOf, daysAfter, instantOf } from '../../src/domain/basics/calendar';
import { searchAttributes } from '../../src/workflows/messages';
import { startDoor, startMirror, type Doorway } from './support/doorway';

describe('the page of the lists', () => {
  it.each(['/lists', '/lists/overdue'])('is for nobody without a login: %s', async (path) => {
    const browser = door.browser();
    expect((await browser.ask(`${door.site}${path}`)).status).toBe(401);
    expect((await browser.goTo(`${door.site}${path}`)).text).toContain('Who are you?');
    expect((await door.browserOf('caseworker-1')).page.status).toBe(403);
  });

  it.each(['supervisor-1', 'auditor-1'])('shows %s a link to each list', async (id) => {
    const browser = await door.browserOf(id);
    const before = mirror.asked.length;
    const { status, text } = await browser.goTo(`${door.site}/lists`);
    const links = [...text.matchAll(/<a href="\/lists\/([\w-]+)">/g)].map(([, list]) => list);
    expect([status, links]).toEqual([
      200,
      ['overdue', 'decision-needed', 'unassigned', 'mail-undelivered', 'alarm', 'due-14-days', 'blocked', 'open'],
    ]);
    expect(mirror.asked.length).toBe(before);
  });

  it('sets the columns of our namespace in the browser, and leaves those of others', async () => {
    const { kept, said } = await opened({ other: [{ label: 'End' }], default: [{ label: 'Run ID' }] });
    const ours = ['Workflow ID', 'Attention', 'Stage', 'Office', 'NextDate', 'Escalated', 'Status'];
    expect(kept).toEqual({ other: [{ label: 'End' }], default: ours.map((label) => ({ label })) });
    expect(said).toContain('now has the columns Workflow ID, Attention, Stage');
    for (const { name } of Object.values(searchAttributes)) expect(ours).toContain(name);
  });

  it.each([['nothing'], ['not JSON']])('sets them also in a browser that kept %s', async (before) => {
    const { kept } = await opened(before === 'nothing' ? undefined : before);
    expect(Object.keys(kept ?? {})).toEqual(['default']);
  });

  it('says so if the browser keeps nothing', async () => {
    const { said, written } = await opened('refused');
    expect([said, written]).toEqual([undefined, expect.stringContaining('did not let the columns')]);
  });

  it('runs no other script, and loads nothing', async () => {
    const { headers, text } = await page();
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe(`'sha256-${createHash('sha256').update(scriptIn(text)).digest('base64')}'`);
  });
});

describe('the address of a list', () => {
  it('sets the columns, and leads to the Temporal UI with its query', async () => {
    const { path, query } = await askedOfTheUi('unassigned');
    expect(path).toBe('/namespaces/default/workflows');
    expect(query).toBe('WorkflowType="pathway" AND ExecutionStatus="Running" AND Stage != "closed" AND Attention = "unassigned"');
  });

  it('asks for what is due within fourteen days of today, whenever it is opened', async () => {
    const until = () => daysAfter(dateOf(instantOf(Date.now() + door.state.ahead)), 14);
    expect((await askedOfTheUi('due-14-days')).query).toContain(`AND NextDate <= "${until()}T1`);
    door.state.ahead = 3 * 86_400_000;
    expect((await askedOfTheUi('due-14-days')).query).toContain(`AND NextDate <= "${until()}T1`);
  });

  it('finds blocked cases in whatever stage they are', async () => {
    expect((await askedOfTheUi('blocked')).query).toBe(
      'WorkflowType="pathway" AND ExecutionStatus="Running" AND TemporalReportedProblems IS NOT NULL',
    );
  });

  it('is unknown for any other list, and the Temporal UI is not asked', async () => {
    const browser = await door.browserOf('supervisor-1');
    const before = mirror.asked.length;
    expect([(await browser.ask(`${door.site}/lists/unknown`)).status, mirror.asked.length]).toEqual([404, before]);
  });
});

async function page() {
  return (await door.browserOf('supervisor-1')).goTo(`${door.site}/lists`);
}

function scriptIn(text: string): string {
  return /<script>([^<]*)<\/script>/.exec(text)?.[1] ?? '';
}

/** Opens the page in a browser that kept this before. Tells what it keeps now, what the page is changed to say, and what it said before. */
async function opened(before: unknown) {
  const { text } = await page();
  const key = 'namespace-workflow-table-columns';
  const storage = new Map<string, string>();
  if (before !== undefined) storage.set(key, before === 'not JSON' ? 'x{' : JSON.stringify(before));
  const columns: { textContent?: string } = {};
  const localStorage = {
    getItem: (name: string) => storage.get(name) ?? null,
    setItem: (name: string, value: string) => {
      if (before === 'refused') throw new Error('the storage is full');
      storage.set(name, value);
    },
  };
  const document = { getElementById: (id: string) => (id === 'columns' ? columns : null) };
  runInNewContext(scriptIn(text), { localStorage, document });
  const kept = before === 'refused' ? undefined : (JSON.parse(storage.get(key) ?? '{}') as object);
  return { kept, said: columns.textContent, written: /<p id="columns">([^<]*)</.exec(text)?.[1] };
}

async function askedOfTheUi(list: string) {
  const { status, text } = await (await door.browserOf('supervisor-1')).ask(`${door.site}/lists/${list}`);
  expect(status).toBe(200);
  let [replaced, columns] = ['', ''];
  const location = { replace: (address: string) => void (replaced = address) };
  const localStorage = { getItem: () => null, setItem: (_: string, value: string) => void (columns = value) };
  runInNewContext(scriptIn(text), { localStorage, location, document: { getElementById: () => ({}) } });
  expect(JSON.parse(columns)).toHaveProperty('default');
  const { origin, pathname, searchParams } = new URL(replaced, door.site);
  expect(origin).toBe(door.site);
  expect(text).toContain(`<a href="${replaced.replaceAll('&', '&amp;')}">`);
  return { path: pathname, query: searchParams.get('query') };
}

let mirror: Awaited<ReturnType<typeof startMirror>>;
let door: Doorway;
beforeAll(async () => {
  mirror = await startMirror();
});
beforeEach(async () => {
  door = await startDoor(mirror.address);
});
afterEach(() => door.stop());
afterAll(() => mirror.stop());
