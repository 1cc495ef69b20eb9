import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/domain/basics/roles';
import { tableOfRights } from '../support/tableOfRights';
import type { Claims } from './support/issuer';
import { comparable, everyRequest, impossible, unknown } from './support/everyRequest';
import { daysFromNow, intake, type Answer } from './support/service';
import { startWithRegister, type ServiceWithRegister } from './support/withRegister';

/*
 * The matrix of rights: every role, every request of the API and every kind of case. The statuses come from the table in docs/rights.md. Of a
 * case out of reach the whole answer is that of an unknown case.
 */

/** Who asks: somebody of each role, all of Amsterdam or national, and a user of each partner. */
const callers: readonly { readonly who: string; readonly role: Role; readonly partner?: string }[] = [
  { who: 'caseworker-1', role: 'caseworker' },
  { who: 'care-coordinator-1', role: 'careCoordinator' },
  { who: 'police-1', role: 'police' },
  { who: 'return-counsellor-1', role: 'returnCounsellor' },
  { who: 'lawyer-1', role: 'lawyer' },
  { who: 'supervisor-1', role: 'supervisor' },
  { who: 'kmar-1', role: 'kmar' },
  { who: 'inspector-1', role: 'inspectorate' },
  { who: 'ind-1', role: 'ind' },
  { who: 'prosecution-1', role: 'prosecution' },
  { who: 'auditor-1', role: 'auditor' },
  { who: 'rapporteur-1', role: 'rapporteur' },
  { who: 'iom-1', role: 'partner' },
  { who: 'dtv-1', role: 'partner' },
  { who: 'receiving-1', role: 'partner' },
  { who: 'nidos-1', role: 'partner' },
  { who: 'youth-care-1', role: 'partner' },
  { who: 'a-user-of-ind', role: 'partner', partner: 'ind' },
  { who: 'a-user-of-comensha', role: 'partner', partner: 'comensha' },
];

/** What decides the answers about one case. The callers who hold a role in its team, and those who were told of it, are named. */
interface KindOfCase {
  readonly name: string;
  readonly office: 'amsterdam' | 'rotterdam';
  readonly hidden?: true;
  readonly team: readonly string[];
  readonly told: readonly string[];
  readonly hasPeriod?: true;
  readonly made: () => Promise<string>;
}

const defaultTeam = ['caseworker-1', 'care-coordinator-1', 'police-1', 'supervisor-1'];
const adult = intake().person;
const alone = { ...adult, ageGroup: 'minor', unaccompanied: true };
const metByAShelter = { indication: { observedOn: daysFromNow(-1), by: 'shelter' } };

const cases: readonly KindOfCase[] = [
  {
    name: 'of their own team',
    ...{ office: 'amsterdam', team: [...defaultTeam, 'lawyer-1', 'return-counsellor-1'], told: [] },
    made: () =>
      opened({}, [
        ['supervisor-1', { type: 'teamChanged', role: 'lawyer', staffId: 'lawyer-1' }],
        ['supervisor-1', { type: 'teamChanged', role: 'returnCounsellor', staffId: 'return-counsellor-1' }],
      ]),
  },
  {
    name: 'of their office, and of another team',
    ...{ office: 'amsterdam', team: ['supervisor-1'], told: [] },
    made: () => opened({ team: { caseworker: 'caseworker-2', careCoordinator: 'allround-1', police: 'kmar-1' } }),
  },
  { name: 'of another office', office: 'rotterdam', team: [], told: [], made: () => opened({ office: 'rotterdam' }) },
  {
    name: 'that partners were told of',
    ...{ office: 'amsterdam', team: defaultTeam, told: ['iom-1', 'dtv-1', 'receiving-1', 'nidos-1'], hasPeriod: true },
    made: () => opened({ person: alone }, returning),
  },
  {
    name: 'that youth care was told of',
    ...{ office: 'amsterdam', team: defaultTeam, told: ['youth-care-1'] },
    made: () => opened({ person: { ...alone, residence: 'euCitizen' } }),
  },
  {
    name: 'whose consent was withdrawn, so that partners are not told any more',
    ...{ office: 'amsterdam', team: defaultTeam, told: [], hasPeriod: true },
    made: () => opened({}, [...returning, ['caseworker-1', { type: 'consentWithdrawn', purpose: 'returnDataExchange' }]]),
  },
  {
    name: 'that is hidden from the police',
    ...{ office: 'amsterdam', hidden: true, team: ['caseworker-1', 'care-coordinator-1', 'supervisor-1'], told: [] },
    made: () => opened(metByAShelter),
  },
  {
    name: 'that moved to another office',
    ...{ office: 'rotterdam', team: [], told: [] },
    made: () => opened({}, [['supervisor-1', { type: 'intakeCorrected', reason: 'mistake', office: 'rotterdam' }]]),
  },
  {
    name: 'that is closed',
    ...{ office: 'amsterdam', team: defaultTeam, told: [] },
    made: () => opened({}, [['supervisor-1', { type: 'closed', result: 'notAVictim' }]]),
  },
];

/** The column of each request about a case in docs/rights.md. A new path without a right breaks the test. */
const rightOf: Readonly<Record<string, string>> = {
  'GET /v1/pathways/{reference}': 'read',
  'GET /v1/pathways/{reference}/facts': 'read',
  'GET /v1/pathways/{reference}/deadlines/reflection-period': 'read',
  'POST /v1/pathways/{reference}/facts': 'tell',
  'GET /v1/pathways/{reference}/intake': 'intake data',
  'GET /v1/pathways/{reference}/access-log': 'access log',
};

/** The lists with cases, each with its column in docs/rights.md; those of figures and of tasks beside them. */
const listsOfCases: readonly (readonly [path: string, right: string])[] = [
  ['/pathways?open=true&limit=100', 'list'],
  ['/changes', 'list'],
];
const listsOfFigures: readonly (readonly [path: string, right: string])[] = [
  ['/tasks', 'tasks'],
  ['/boards/supervisor', 'board'],
  ['/forecast', 'forecast'],
  ['/outages', 'outages'],
];
const ofLists = [...[...listsOfCases, ...listsOfFigures].map(([path]) => `/v1${path.split('?')[0]}`), '/v1/outages/202612010800'];

const requests = everyRequest();
const aboutACase = requests.filter(({ namesACase }) => namesACase);

describe('the matrix', () => {
  it('has a right for each request about a case', () => {
    expect(aboutACase.filter(({ method, path }) => rightOf[`${method} ${path}`] === undefined)).toEqual([]);
  });

  it('has somebody of each role', () => {
    const everyRole = new Set(tableOfRights().map(({ role }) => role));
    expect(new Set(callers.map(({ role }) => role))).toEqual(everyRole);
  });

  describe.each(callers)('to $who ($role)', ({ who, role, partner }) => {
    const caller = partner === undefined ? who : { sub: who, roles: [role], partner };

    it.each(cases)('answers about a case $name as the table says', async (kind) => {
      const answers = await Promise.all(
        aboutACase.map(async ({ method, path }) => {
          const statuses = await statusesOf(caller, [method, path], kind);
          return [`${method} ${path}`, statuses] as const;
        }),
      );
      const expected = aboutACase.map(({ method, path }) => [`${method} ${path}`, expectedOf(who, role, [method, path], kind)] as const);
      expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(expected));
    });

    it('opens a case as the table says, here and elsewhere', async () => {
      const reach = reachOf(role, 'open');
      const [here, there] = await Promise.all(['amsterdam', 'rotterdam'].map((office) => tryToOpen(caller, office)));
      expect(here).toEqual(reach === '-' ? [403, 'role-not-allowed'] : [201, undefined]);
      expect(there).toEqual(reach === '-' ? [403, 'role-not-allowed'] : reach === 'office' ? [403, 'other-office'] : [201, undefined]);
    });

    it('lists the cases within reach, and no other, in each list of cases', async () => {
      for (const [list, right] of listsOfCases) {
        const reach = reachOf(role, right);
        const { status, body } = await service.as(caller).get(`/v1${list}`);
        expect([list, status]).toEqual([list, reach === '-' || reach.startsWith('hidden') || reach === 'told' ? 403 : 200]);
        if (status !== 200) continue;
        const within = cases.filter(({ office, hidden }) => isWithin(reach, { office, hidden }, role)).map(referenceOf);
        const listed = (body.items as { reference: string; gone?: true }[]).filter(({ gone }) => gone !== true);
        const shown = cases.map(referenceOf).filter((reference) => listed.some((item) => item.reference === reference));
        expect([list, shown]).toEqual([list, list.includes('open=') ? within.filter((each) => each !== closedOne()) : within]);
      }
    });

    it('has the tasks of nobody out of reach, and counts none', async () => {
      for (const [list, right] of listsOfFigures) {
        const reach = reachOf(role, right);
        const { status } = await service.as(caller).get(`/v1${list}`);
        expect([list, status]).toEqual([list, reach === 'office' || reach === 'nation' ? 200 : 403]);
      }
      const { status, body } = await service.as(caller).get(`/v1/tasks?until=${daysFromNow(365)}`);
      if (status !== 200) return;
      const within = cases.filter(({ office, hidden }) => isWithin(reachOf(role, 'tasks'), { office, hidden }, role)).map(referenceOf);
      const referenceOfEach = (body.items as { reference: string }[]).map(({ reference }) => reference);
      const known = cases.map(referenceOf);
      expect(referenceOfEach.filter((reference) => known.includes(reference) && !within.includes(reference))).toEqual([]);
    });

    it('has an outage with its cases only where the table says so', async () => {
      const { status } = await service.as(caller).get('/v1/outages/202612010800');
      expect(status).toBe(reachOf(role, 'late moments') === '-' ? 403 : 404);
    });

    it('reads statistics as the table says', async () => {
      const statistics = requests.filter(({ path }) => path.startsWith('/v1/statistics'));
      const unfinished = { table: 'sex', period: '2199' };
      const answers = await Promise.all(
        statistics.map(async ({ method, path }) => {
          const { status } = await send(caller, method, path, method === 'POST' ? unfinished : undefined);
          return [`${method} ${path}`, status];
        }),
      );
      const reach = reachOf(role, 'statistics');
      const [exact, published] = [reach === 'exact', reach === 'exact' || reach === 'published'];
      expect(Object.fromEntries(answers)).toEqual({
        'GET /v1/statistics': exact ? 200 : 403,
        'GET /v1/statistics/sex': exact ? 200 : 403,
        // The period is not over: only whoever may publish is told so.
        'POST /v1/statistics/publications': exact ? 400 : 403,
        'GET /v1/statistics/publications': published ? 200 : 403,
        'GET /v1/statistics/publications/unknown': published ? 404 : 403,
      });
    });

    it('answers what is about no case as to everybody', async () => {
      const others = requests.filter(
        ({ namesACase, path }) => !namesACase && !ofLists.includes(path) && !path.startsWith('/v1/statistics'),
      );
      const answers = await Promise.all(
        others.map(async ({ method, path }) => {
          const sending = method === 'POST' ? { body: { edition: 'NL-2023-05', startOn: '2030-01-07', person: adult } } : {};
          const { status } = await service.as(caller).send(method, path, sending);
          return [`${method} ${path}`, status];
        }),
      );
      expect(answers).toEqual(others.map(({ method, path }) => [`${method} ${path}`, 200]));
    });
  });
});

let service: ServiceWithRegister;
const references = new Map<string, string>();

beforeAll(async () => {
  service = await startWithRegister();
  await Promise.all(cases.map(async ({ name, made }) => references.set(name, await made())));
  await Promise.all(cases.map((kind) => service.settled(referenceOf(kind))));
});
afterAll(() => service.stop());

function closedOne(): string {
  return references.get('that is closed') ?? '';
}

function referenceOf({ name }: Pick<KindOfCase, 'name'>): string {
  return references.get(name) ?? '';
}

type Told = readonly (readonly [who: string, fact: object])[];

/** A case that somebody opened who is none of the callers, so that nobody has just registered it. Facts are told one after the other. */
async function opened(
  { office = 'amsterdam', ...changes }: { office?: string; [member: string]: unknown },
  told: Told = [],
): Promise<string> {
  const opener = office === 'amsterdam' ? 'allround-1' : `allround-${office}-1`;
  const { status, body } = await service.as(opener).post('/v1/pathways', { ...intake(), office, ...changes });
  expect([status, body.errors]).toEqual([201, undefined]);
  for (const [who, fact] of told) expect([fact, (await service.as(who).tell(body.reference as string, fact)).status]).toEqual([fact, 201]);
  return body.reference as string;
}

/** The person asks to return, consents, and a receiving organisation is there. */
const returning: Told = [
  ['police-1', { type: 'reflectionStarted' }],
  ['caseworker-1', { type: 'returnRequested' }],
  ['caseworker-1', { type: 'consentGiven', purpose: 'returnDataExchange' }],
  ['caseworker-1', { type: 'receivingOrganisationConfirmed' }],
];

type Request = readonly [method: string, path: string];

/** A correction of no fact, which everybody may tell who tells any fact, and which no rule allows: it changes nothing. */
const impossibleFact = { type: 'corrected', replaces: 'fact-99', reason: 'mistake' };
/** Facts for which the office of the case is read first. Sent only where the case is out of reach. */
const factsAboutTheOffice = [
  { type: 'consentGiven', purpose: 'policeContact' },
  { type: 'teamChanged', role: 'caseworker', staffId: 'caseworker-2' },
];

/** The status of a request. Where the caller is told nothing of the case, the whole answer has to be that about an unknown one. */
async function statusesOf(who: string | Claims, [method, path]: Request, kind: KindOfCase): Promise<string> {
  const asked = async (body: object | undefined) => send(who, method, path.replace('{reference}', referenceOf(kind)), body);
  const answer = await asked(method === 'POST' ? impossibleFact : undefined);
  if (isAboutTheDeadline(answer)) return 'no such deadline';
  if (answer.status !== 404) return String(answer.status);
  for (const body of method === 'POST' ? [impossibleFact, ...factsAboutTheOffice] : [undefined]) {
    const [about, others] = await Promise.all([asked(body), answersAboutNoCase(who, [method, path], body)]);
    for (const other of others) expect(comparable(other)).toEqual(comparable(about));
    expect(JSON.stringify(about.body)).not.toContain(referenceOf(kind));
  }
  return 'unknown';
}

const askedAboutNoCase = new Map<string, Promise<Answer[]>>();

/** The answers about a case that nobody has, and about a reference that cannot be one. A caller asks once for all kinds of case. */
async function answersAboutNoCase(who: string | Claims, [method, path]: Request, body: object | undefined): Promise<readonly Answer[]> {
  const question = JSON.stringify([who, method, path, body]);
  const asked = askedAboutNoCase.get(question);
  if (asked !== undefined) return asked;
  const answers = Promise.all([unknown, impossible].map((reference) => send(who, method, path.replace('{reference}', reference), body)));
  askedAboutNoCase.set(question, answers);
  return answers;
}

function isAboutTheDeadline({ status, body }: Answer): boolean {
  return status === 404 && body.detail === 'This pathway has no such deadline.';
}

async function send(who: string | Claims, method: string, path: string, body: object | undefined): Promise<Answer> {
  const headers = method === 'GET' ? {} : { 'Idempotency-Key': randomUUID() };
  return service.as(who).send(method, path, { ...(body === undefined ? {} : { body }), headers });
}

function expectedOf(who: string, role: Role, [method, path]: Request, kind: KindOfCase): string {
  const right = rightOf[`${method} ${path}`] ?? '';
  const reach = reachOf(role, right);
  if (reach === '-') return '403';
  if (reach === 'team') {
    if (!isWithin('office', kind, role)) return 'unknown';
    return kind.team.includes(who) ? '200' : '403';
  }
  const within = reach === 'told' ? kind.told.includes(who) : isWithin(reach, kind, role);
  if (!within) return 'unknown';
  if (method === 'POST') return '409';
  return path.includes('/deadlines/') && (reach === 'told' || kind.hasPeriod !== true) ? 'no such deadline' : '200';
}

const investigators: readonly Role[] = ['police', 'kmar', 'inspectorate', 'prosecution'];

function isWithin(reach: string, { office, hidden }: { readonly office: string; readonly hidden?: true | undefined }, role: Role): boolean {
  if (hidden === true && investigators.includes(role)) return false;
  return reach === 'nation' || (reach === 'office' && office === 'amsterdam');
}

function reachOf(role: Role, right: string): string {
  return tableOfRights().find((cell) => cell.role === role && cell.right === right)?.reach ?? '';
}

async function tryToOpen(who: string | Claims, office: string) {
  const { status, body } = await service.as(who).post('/v1/pathways', { ...intake(), office });
  return [status, body.code as unknown];
}
