import { createHash } from 'node:crypto';
import { audited } from '../../src/casework/audited';
import { Refused } from '../../src/casework/refused';
import type { DeadlineRequest } from '../../src/casework/explain';
import type { TimelineRequest } from '../../src/casework/timeline';
import { auditInMemory } from '../support/auditInMemory';

describe('an ordinary request', () => {
  it.each(['find', 'timeline', 'intake', 'tell'] as const)('leaves one line that says who asked for what: %s', async (verb) => {
    const { verbs, lines } = given();
    await verbs[verb](request);
    const did = { find: 'read', timeline: 'timeline', intake: 'intake', tell: 'tell' }[verb];
    expect(lines()).toEqual([
      {
        did,
        who: 'caseworker-1',
        roles: ['caseworker'],
        office: 'amsterdam',
        reference: 'BT-1',
        purpose: 'guidance',
        outcome: 'asked',
        request: 'a-request',
        trace: 'a-trace',
      },
    ]);
  });

  it('is asked of the engine while its line is being written, and is answered after both', async () => {
    const order: string[] = [];
    let written = (): void => undefined;
    const write = () => new Promise<void>((resolve) => (written = resolve));
    const { verbs } = given({ write, answer: async () => void order.push('the engine answered') });
    const answered = verbs.find(request).then(() => order.push('the caller is answered'));
    await new Promise(setImmediate);
    order.push('the line is written');
    written();
    await answered;
    expect(order).toEqual(['the engine answered', 'the line is written', 'the caller is answered']);
  });

  it.each([
    ['refused', 404],
    ['failed', 503],
  ] as const)('leaves a second line if it is %s, and nothing of the reason but the status', async (outcome, status) => {
    const { verbs, lines } = given({ status, answer: refuses });
    await expect(verbs.tell({ ...request, body: { form: 'CANARY' }, key: 'CANARY', options: { q: 'CANARY' } })).rejects.toThrow(
      'not-found',
    );
    expect(lines()).toMatchObject([{ outcome: 'asked' }, { outcome, status, did: 'tell', who: 'caseworker-1' }]);
    expect(JSON.stringify(lines())).not.toContain('CANARY');
  });

  it('has no answer without its line, whatever the engine says', async () => {
    const { verbs } = given({ write: broken });
    await expect(verbs.find(request)).rejects.toMatchObject({ code: 'no-answer' });
    const { verbs: ofUnknown } = given({ write: broken, answer: refuses });
    await expect(ofUnknown.find(request)).rejects.toMatchObject({ code: 'no-answer' });
  });

  it('waits for no verb without its line: the time of the answer tells nothing of the case', async () => {
    const { verbs } = given({ write: broken, answer: () => new Promise(() => undefined) });
    await expect(verbs.find(request)).rejects.toMatchObject({ code: 'no-answer' });
  });

  it('may lose its line with the machine of the database', async () => {
    const { verbs, durable } = given();
    await verbs.find(request);
    expect(durable()).toEqual([]);
  });
});

describe('a list', () => {
  const items = [{ reference: 'BT-1' }, { reference: 'BT-2' }, { reference: 'BT-1' }];
  const answer = async () => Promise.resolve({ items });

  it.each([
    ['list', 'list'],
    ['board', 'board'],
    ['forecast', 'forecast'],
    ['changes', 'changes'],
    ['outages', 'outages'],
  ] as const)('leaves one line of no case, with the number of its rows: %s', async (verb, did) => {
    const { verbs, lines, durable } = given({ answer });
    await verbs[verb](request);
    expect(lines()).toMatchObject([{ did, outcome: 'seen', rows: 3, who: 'caseworker-1' }]);
    expect(lines()[0]).not.toHaveProperty('reference', expect.anything());
    expect(durable()).toEqual([]);
  });

  it.each([
    ['tasks', {}],
    ['list', { whole: true }],
    ['changes', { whole: true }],
    ['outage', { outage: '202612010800' }],
  ] as const)('that tells of each case what to do, or leaves as a table, leaves a line of each case too: %s', async (verb, asked) => {
    const { verbs, lines } = given({ answer });
    await verbs[verb]({ ...request, ...asked } as never);
    expect(lines().map((line) => 'reference' in line && line.reference)).toEqual([undefined, 'BT-1', 'BT-2']);
    expect(lines().map(({ outcome }) => outcome)).toEqual(['seen', 'seen', 'seen']);
  });

  it('has no answer without its lines', async () => {
    await expect(given({ answer, write: broken }).verbs.tasks(request)).rejects.toMatchObject({ code: 'no-answer' });
  });

  it('leaves one line if it is refused', async () => {
    const { verbs, lines } = given({ status: 403, answer: refuses });
    await expect(verbs.board(request)).rejects.toThrow('not-found');
    expect(lines()).toMatchObject([{ did: 'board', outcome: 'refused', status: 403 }]);
  });
});

describe('an opening, and a look at the access log,', () => {
  it.each([
    ['open', 'open', 'done'],
    ['accessLog', 'accessLog', 'seen'],
  ] as const)('leave one durable line with the outcome: %s', async (verb, did, outcome) => {
    const { verbs, lines, durable } = given();
    await verbs[verb]({ ...request, key: 'a key' });
    expect(lines()).toMatchObject([{ did, outcome, who: 'caseworker-1' }]);
    expect(durable()).toEqual(lines());
  });

  it.each(['open', 'accessLog'] as const)('leave one if they are refused: %s', async (verb) => {
    const { verbs, durable } = given({ status: 403, answer: refuses });
    await expect(verbs[verb]({ ...request, key: 'a key' })).rejects.toThrow('not-found');
    expect(durable()).toMatchObject([{ did: verb, outcome: 'refused', status: 403 }]);
  });

  it.each(['open', 'accessLog'] as const)('have no answer without it: %s', async (verb) => {
    await expect(given({ write: broken }).verbs[verb](request)).rejects.toMatchObject({ code: 'no-answer' });
  });

  it('name the case that a key opens, the same for the same key of the same caller', async () => {
    const { verbs, lines } = given();
    await verbs.open({ ...request, key: 'one' });
    await verbs.open({ ...request, key: 'one' });
    await verbs.open({ ...request, key: 'two' });
    const [first, again, other] = lines().map((line) => 'reference' in line && line.reference);
    expect(first).toMatch(/^BT-/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('a request for numbers about all persons', () => {
  const answers = {
    statistic: [{ rows: [{}, {}, {}] }, 'statistics', 3],
    statisticTables: [[{}, {}], 'statistics', 2],
    publications: [[{}], 'publications', 1],
    publication: [{ statistic: { periods: [{ rows: [{}] }, { rows: [{}, {}] }] } }, 'publications', 3],
  } as const;

  it.each(Object.keys(answers) as (keyof typeof answers)[])('leaves one line with the number of rows, and no case: %s', async (verb) => {
    const [answer, did, rows] = answers[verb];
    const { verbs, lines, durable } = given({ answer: async () => answer });
    await verbs[verb]({ ...request, table: 'sex', id: 'one' });
    expect(lines()).toMatchObject([{ did, rows, outcome: 'seen', purpose: 'statistics' }]);
    expect(lines()[0]).not.toHaveProperty('reference', expect.anything());
    expect(durable()).toEqual([]);
  });

  it('leaves one durable line if it publishes, and has no answer without it', async () => {
    const { verbs, durable } = given();
    await verbs.publish(request);
    expect(durable()).toMatchObject([{ did: 'publish', outcome: 'done', purpose: 'statistics' }]);
    await expect(given({ write: broken }).verbs.publish(request)).rejects.toMatchObject({ code: 'no-answer' });
  });

  it('has no answer without its line', async () => {
    const { verbs } = given({ write: broken, answer: async () => [] });
    await expect(verbs.statisticTables(request)).rejects.toMatchObject({ code: 'no-answer' });
  });
});

const request: DeadlineRequest & TimelineRequest = {
  deadline: 'reflection-period',
  language: 'en',
  caller: { id: 'caseworker-1', roles: ['caseworker'], office: 'amsterdam' },
  now: '2028-01-10T09:00:00Z',
  request: { id: 'a-request', trace: 'a-trace' },
  reference: 'BT-1',
};

const broken = async () => Promise.reject(new Error('the database does not answer'));
const refuses = async () => Promise.reject(new Refused('not-found'));

/** The verbs, each with the same answer. */
function given({ status = 500, answer = async (): Promise<unknown> => undefined, write }: Given = {}) {
  const { audit, ...written } = auditInMemory();
  const verb = async () => (await answer()) as never;
  const ofCases = { open: verb, find: verb, timeline: verb, explain: verb, intake: verb, tell: verb, accessLog: verb };
  const lists = { list: verb, tasks: verb, board: verb, forecast: verb, changes: verb, outages: verb, outage: verb };
  const statistics = { statisticTables: verb, statistic: verb, publications: verb, publication: verb, publish: verb };
  const verbs = { ...ofCases, ...lists, ...statistics };
  const hash = (purpose: string, text: string) => createHash('sha256').update(`${purpose}:${text}`).digest();
  const recorded = audited(verbs, { audit: write === undefined ? audit : { write, writeAll: write }, hash, statusOf: () => status });
  return { verbs: recorded, ...written };
}

interface Given {
  readonly status?: number;
  readonly answer?: () => Promise<unknown>;
  readonly write?: () => Promise<void>;
}
