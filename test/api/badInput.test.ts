import { randomUUID } from 'node:crypto';
import { problemShape } from '../../src/api/responses/problemSchemas';
import { daysFromNow, intake, startService, type Answer, type Sending, type Service } from './support/service';

const at = (path: string) => `/v1/pathways/${path}`;
const key = () => ({ 'Idempotency-Key': randomUUID() });
const json = { 'Content-Type': 'application/json' };
const correction = { type: 'corrected', replaces: 'fact-1', reason: 'mistake' };
const tooMuch = JSON.stringify({ type: 'interviewHeld', evidence: 'x'.repeat(101 * 1024) });

describe('a bad request', () => {
  it.each<[string, () => [string, string, Sending], number, string]>([
    ['broken JSON', () => ['POST', facts(), { raw: '{"type":', headers: key() }], 400, 'broken-json'],
    ['JSON that is no object', () => ['POST', facts(), { raw: '"interviewHeld"', headers: key() }], 400, 'broken-json'],
    ['no body', () => ['POST', facts(), { headers: key() }], 400, 'invalid-request'],
    ['an empty body', () => ['POST', facts(), { raw: '', headers: { ...key(), ...json } }], 400, 'invalid-request'],
    [
      'another content type',
      () => ['POST', facts(), { raw: 'type=interviewHeld', headers: { ...key(), 'Content-Type': 'text/plain' } }],
      415,
      'wrong-content-type',
    ],
    [
      'an unknown encoding',
      () => ['POST', facts(), { raw: '{}', headers: { ...key(), 'Content-Encoding': 'zip' } }],
      415,
      'wrong-content-type',
    ],
    ['a body over 100 kB', () => ['POST', facts(), { raw: tooMuch, headers: key() }], 413, 'too-large'],
    ['an unknown path', () => ['GET', '/v1/nonsense', {}], 404, 'unknown-path'],
    ['a path below none', () => ['POST', `${facts()}/fact-1`, { body: {}, headers: key() }], 404, 'unknown-path'],
    ['a slash at the end', () => ['GET', '/v1/pathways/', {}], 404, 'unknown-path'],
    ['a path that is not even text', () => ['GET', '/v1/pathways/%E0%A4%A', {}], 404, 'unknown-path'],
    ['a path of another version', () => ['GET', '/v2/pathways', {}], 404, 'unknown-path'],
    [
      'a reference with a wrong check character',
      () => [
        'POST',
        at(`${reference.slice(0, -1)}${reference.endsWith('0') ? '1' : '0'}/facts`),
        { body: { type: 'interviewHeld' }, headers: key() },
      ],
      404,
      'not-found',
    ],
    ['a reference with a quote', () => ['GET', at("BT-'"), {}], 404, 'not-found'],
    [
      'a reference of no case',
      () => ['POST', at('BT-0000-0000-0000-0/facts'), { body: { type: 'interviewHeld' }, headers: key() }],
      404,
      'not-found',
    ],
    ['another method', () => ['DELETE', at(reference), {}], 405, 'method-not-allowed'],
    ['no key', () => ['POST', facts(), { body: { type: 'interviewHeld' } }], 400, 'invalid-request'],
    [
      'a key that is too long',
      () => ['POST', facts(), { body: { type: 'interviewHeld' }, headers: { 'Idempotency-Key': 'k'.repeat(201) } }],
      400,
      'invalid-request',
    ],
    ['a query that is not asked for', () => ['GET', `${at(reference)}?deep=1`, {}], 400, 'invalid-request'],
  ])('with %s is answered with a problem and changes nothing', async (_, request, status, code) => {
    const [method, path, sending] = request();
    await changesNothing(async () => {
      const answer = await service.as('police-1').send(method, path, sending);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      isAProblem(answer);
    });
  });

  it('gets a list of the allowed methods, as OPTIONS does', async () => {
    const refused = await service.as('police-1').send('PUT', facts(), { body: {} });
    const asked = await service.send('OPTIONS', facts());
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect([asked.status, asked.headers.get('Allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
  });
});

describe('a malformed fact', () => {
  it.each<[string, object, string[]]>([
    ['an unknown type', { type: 'nonsense' }, ['type']],
    ['no type', {}, ['type']],
    ['a type of the object itself', { type: 'constructor' }, ['type']],
    ['an unknown key', { type: 'interviewHeld', note: 'x' }, ['note']],
    ['a wrong type', { type: 'eligibilityDecided', eligible: 'yes', ground: 'dublin' }, ['eligible']],
    ['an unknown code', { type: 'cooperated', form: 'gladly' }, ['form']],
    ['a missing field', { type: 'cooperated' }, ['form']],
    ['an impossible date', { type: 'interviewHeld', on: '2026-02-30' }, ['on']],
    ['an instant for a date', { type: 'interviewHeld', on: '2026-02-03T10:00:00Z' }, ['on']],
    ['a date of another age', { type: 'interviewHeld', on: '0001-01-01' }, ['on']],
    ['a future date', { type: 'interviewHeld', on: daysFromNow(1) }, ['on']],
    ['a statement not confirmed', { type: 'declined', confirmed: false }, ['confirmed']],
    ['an unknown purpose', { type: 'consentGiven', purpose: 'everything' }, ['purpose']],
    ['a purpose that names nobody', { type: 'consentGiven', purpose: 'crossBorder:' }, ['purpose']],
    ['no grounds', { type: 'routeProposed', route: 'return', grounds: [] }, ['grounds']],
    ['an unknown ground', { type: 'routeProposed', route: 'return', grounds: ['ownWish', 'none'] }, ['grounds.1']],
    ['free text for a title', { type: 'taskAdded', kind: 'social', due: daysFromNow(3), owner: 'police', title: 'ask Maria' }, ['title']],
    ['an adult who is unaccompanied', { type: 'ageAssessed', ageGroup: 'adult', unaccompanied: true }, ['unaccompanied']],
    ['a future day of knowing', { type: 'caseDismissed', formalNotice: true, knownOn: daysFromNow(1) }, ['knownOn']],
    ['a future effect', { type: 'permitEnded', reason: 'withdrawn', withEffectFrom: daysFromNow(1) }, ['withEffectFrom']],
    ['nothing that was told wrong', { type: 'intakeCorrected', reason: 'mistake' }, ['']],
    [
      'another intake that is malformed itself',
      {
        ...{ type: 'intakeCorrected', reason: 'mistake', residence: 'abroad', nationality: 'QQ', dependants: 51, office: 'utrecht' },
        ...{ ageGroup: 'adult', unaccompanied: false, asylumRequestedOn: daysFromNow(1), observedOn: daysFromNow(1) },
      },
      ['residence', 'nationality', 'dependants', 'asylumRequestedOn', 'observedOn', 'office', 'unaccompanied'],
    ],
    ['a right fact that corrects nothing of the intake', { ...correction, with: { type: 'intakeCorrected', reason: 'mistake' } }, ['with']],
    ['nobody', { type: 'teamChanged', role: 'police', staffId: 'nobody-1' }, ['staffId']],
    ['somebody of another role', { type: 'teamChanged', role: 'police', staffId: 'caseworker-1' }, ['staffId']],
    ['somebody of another office', { type: 'teamChanged', role: 'police', staffId: 'police-rotterdam-1' }, ['staffId']],
    [
      'a correction within a correction within a correction',
      { ...correction, with: { ...correction, with: { ...correction, with: { type: 'interviewHeld' } } } },
      ['with.with'],
    ],
    [
      "a fact in the place of a correction's own",
      { ...correction, with: { ...correction, with: { type: 'interviewHeld' } } },
      ['with.with'],
    ],
    [
      'several faults at once',
      { type: 'eligibilityDecided', on: '2026-02-30', eligible: 1, ground: 'x', note: 1 },
      ['on', 'eligible', 'ground', 'note'],
    ],
    ['faults beside a wrong value', { type: 'ageAssessed', ageGroup: 'adult', unaccompanied: true, note: 1 }, ['note', 'unaccompanied']],
  ])('with %s is refused, and the answer names the path of each fault', async (_, fact, paths) => {
    await changesNothing(async () => {
      const answer = await service.as('supervisor-1').tell(reference, fact);
      expect([answer.status, answer.body.code, pathsOf(answer)]).toEqual([400, 'invalid-request', paths]);
      isAProblem(answer);
    });
  });

  it('is reported together with a fault of the key', async () => {
    const answer = await service.as('police-1').send('POST', facts(), { body: { type: 'cooperated' } });
    expect(pathsOf(answer)).toEqual(['Idempotency-Key', 'form']);
  });

  it('is never repeated in the answer', async () => {
    const [fact, named] = [
      { type: 'Maria Kovacs', on: 'Maria Kovacs' },
      { type: 'interviewHeld', 'Maria Kovacs': 1 },
    ];
    for (const body of [fact, named, { type: 'consentGiven', purpose: 'Maria Kovacs' }])
      expect(JSON.stringify((await service.as('police-1').tell(reference, body)).body)).not.toContain('Maria');
  });

  it('is refused before rights are checked: first the shape, then access to the case, then the authority to record the fact', async () => {
    const elsewhere = await service.open('rotterdam');
    const tell = async (where: string, fact: object) => (await service.as('caseworker-1').tell(where, fact)).status;
    expect(await tell(elsewhere, { type: 'interviewHeld', note: 'x' })).toBe(400);
    expect(await tell(elsewhere, { type: 'interviewHeld' })).toBe(404);
    expect(await tell(reference, { type: 'interviewHeld' })).toBe(403);
  });
});

describe('a malformed intake', () => {
  const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'HU' };
  it.each<[string, object, string[]]>([
    ['an unknown key', { name: 'x' }, ['name']],
    ['an unknown key within', { person: { ...person, born: '2000-01-01' } }, ['person.born']],
    ['a key of the language', JSON.parse('{"__proto__": {"office": "amsterdam"}}'), ['']],
    ['an unknown edition', { policyEdition: 'NL-1999-01' }, ['policyEdition']],
    ['an unknown office', { office: 'utrecht' }, ['office']],
    ['no office', { office: undefined }, ['office']],
    ['nobody in the team', { team: { police: 'nobody-1' } }, ['team.police']],
    ['somebody of another role', { team: { police: 'caseworker-1' } }, ['team.police']],
    ['somebody of another office', { team: { caseworker: 'caseworker-rotterdam-1' } }, ['team.caseworker']],
    ['an unknown role in the team', { team: { boss: 'supervisor-1' } }, ['team.boss']],
    ['a future indication', { indication: { observedOn: daysFromNow(1), by: 'police' } }, ['indication.observedOn']],
    ['an impossible date', { indication: { observedOn: '2026-02-30', by: 'police' } }, ['indication.observedOn']],
    ['an unknown observer', { indication: { observedOn: daysFromNow(0), by: 'neighbour' } }, ['indication.by']],
    ['an unknown country', { person: { ...person, nationality: 'QQ' } }, ['person.nationality']],
    ['a country in small letters', { person: { ...person, nationality: 'hu' } }, ['person.nationality']],
    ['an adult who is unaccompanied', { person: { ...person, unaccompanied: true } }, ['person.unaccompanied']],
    ['a future request for asylum', { person: { ...person, asylumRequestedOn: daysFromNow(1) } }, ['person.asylumRequestedOn']],
    ['an observer of another edition', { indication: { observedOn: daysFromNow(0), by: 'screening' } }, ['indication.by']],
    ['a sector of another edition', { person: { ...person, sector: 'surrogacy' } }, ['person.sector']],
    [
      'a sector of a later edition than the one it names',
      { policyEdition: 'NL-2026-06', person: { ...person, sector: 'surrogacy' } },
      ['person.sector'],
    ],
    [
      'the police in a case of which they may not know',
      { indication: { observedOn: daysFromNow(0), by: 'shelter' }, team: { police: 'police-1' } },
      ['team.police'],
    ],
    ['a wrong number', { person: { ...person, dependants: -1 } }, ['person.dependants']],
    [
      'several faults at once',
      { office: 'utrecht', team: { police: 'nobody-1' }, person: { ...person, ageGroup: 'old' }, x: 1 },
      ['office', 'person.ageGroup', 'team.police', 'x'],
    ],
  ])('with %s opens no case', async (_, changes, paths) => {
    const before = await count();
    const answer = await service.as('caseworker-1').post('/v1/pathways', { ...intake(), ...changes });
    expect([answer.status, answer.body.code, pathsOf(answer)?.toSorted()]).toEqual([400, 'invalid-request', paths.toSorted()]);
    isAProblem(answer);
    expect(await count()).toBe(before);
  });

  it('may have a stateless or unknown nationality and every optional field', async () => {
    const more = { sex: 'female', sector: 'labour', dependants: 2, language: 'hu' };
    for (const nationality of ['XX', 'ZZ'])
      expect(
        (await service.as('caseworker-1').post('/v1/pathways', { ...intake(), person: { ...person, ...more, nationality } })).status,
      ).toBe(201);
  });
});

describe('an intake under an edition that knows more codes', () => {
  it.each<[string, object]>([
    ['an observer', { policyEdition: 'NL-2026-06', indication: { observedOn: daysFromNow(0), by: 'screening' } }],
    ['a sector', { policyEdition: 'NL-2026-07', person: { ...intake().person, sector: 'surrogacy' } }],
  ])('may have %s of that edition', async (_, changes) => {
    expect((await service.as('caseworker-1').post('/v1/pathways', { ...intake(), ...changes })).status).toBe(201);
  });

  it('may have them unnamed where it is the edition of the installation', async () => {
    const later = await service.anotherApi({ policyEdition: 'NL-2026-06' });
    const indication = { observedOn: daysFromNow(0), by: 'screening' };
    expect((await later.as('caseworker-1').post('/v1/pathways', { ...intake(), indication })).status).toBe(201);
  });
});

describe('an intake that the police tell', () => {
  it('may name their officer, whoever met the person first', async () => {
    const indication = { observedOn: daysFromNow(0), by: 'shelter' };
    const named = { ...intake(), indication, team: { police: 'police-1' } };
    const { status, body } = await service.as('police-1').post('/v1/pathways', named);
    expect([status, body.team?.police]).toEqual([201, 'police-1']);
  });
});

describe('every answer of the API', () => {
  it('carries the version, a request id and the security headers, also if it is an error', async () => {
    for (const path of ['/v1/health/live', '/nonsense']) {
      const requestId = randomUUID();
      const { headers } = await service.send('GET', path, { headers: { 'X-Request-Id': requestId } });
      expect(headers.get('API-Version')).toBe('1.0.0');
      expect(headers.get('X-Request-Id')).toBe(requestId);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect([headers.get('X-Powered-By'), headers.get('Access-Control-Allow-Origin')]).toEqual([null, null]);
    }
  });

  it.each(['Maria Kovacs, Budapest', 'maria-kovacs-19990412'])(
    'has a request id of ours if the caller’s id is no UUID, and so could hold a name: %s',
    async (given) => {
      const { headers } = await service.send('GET', '/v1/health/live', { headers: { 'X-Request-Id': given } });
      expect(headers.get('X-Request-Id')).toMatch(/^[\da-f-]{36}$/);
    },
  );

  it('to a bad request leaves no line in the log', () => {
    expect(service.logged).toEqual([]);
  });
});

let service: Service;
let reference: string;
beforeAll(async () => {
  service = await startService();
  reference = await service.open();
});
afterAll(() => service.stop());

const facts = () => at(`${reference}/facts`);

async function changesNothing(request: () => Promise<void>): Promise<void> {
  const told = async () => (await service.as('police-1').get(facts())).body;
  const [before, cases] = [await told(), await count()];
  await request();
  expect(await told()).toEqual(before);
  expect(await count()).toBe(cases);
}

/** The number of workflows, from the engine itself: every started case would be there. */
async function count(): Promise<number> {
  return (await service.client.workflow.count()).count;
}

function pathsOf({ body }: Answer): string[] | undefined {
  return body.errors?.map(({ path }: { path: string }) => path);
}

function isAProblem({ status, headers, body }: Answer): void {
  expect(headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
  expect(headers.get('API-Version')).toBe('1.0.0');
  expect(body).toMatchObject({ type: `/problems/${body.code}`, status });
  expect(problemShape.strict().parse(body)).toEqual(body);
}
