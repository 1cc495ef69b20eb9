import { randomBytes, randomUUID } from 'node:crypto';
import type { Activities } from '../../src/activities';
import { referenceFrom } from '../../src/casework/requests/references';
import { isInvestigator } from '../../src/domain/basics/roles';
import { attributesOf, cooperation, pathwayQueue, workflowIdOf } from '../../src/workflows/messages';
import { until } from '../support/until';
import { comparable, everyRequest, impossible, unknown } from './support/everyRequest';
import { daysFromNow, everythingArrives, type Answer, type Service } from './support/service';
import { demoStaff } from './support/staff';
import { startWithRegister, type ServiceWithRegister } from './support/withRegister';

/*
 * A case that others than the police met (docs/policy.md, section 3): no role of the police sees or hears anything of it before the person
 * consents. Each request about it is in matrix.test.ts. Here are cases that cannot answer, lists, mail, notices and the signal.
 */

/** The accounts of everybody who investigates and does nothing else. */
const investigators = ['police-1', 'kmar-1', 'inspector-1', 'prosecution-1'];
const everyInvestigator = demoStaff.staff.filter(({ roles }) => roles.every(isInvestigator)).map(({ id }) => id);

const requests = everyRequest();
const aboutACase = requests.filter(({ namesACase }) => namesACase);
const methods = [...new Set(aboutACase.map(({ method }) => method))];
const everybodyAboutACase = investigators.flatMap((who) => methods.map((method): [string, string] => [who, method]));

describe('before the person consents, a case that a shelter met', () => {
  it('has no police officer in its team', async () => {
    const { body } = await service.as('caseworker-1').get(`/v1/pathways/${hidden}`);
    expect(Object.keys(body.team).toSorted()).toEqual(['careCoordinator', 'caseworker', 'supervisor']);
  });

  it('is met by this test as every account there is of those who only investigate in its office', () => {
    const here = everyInvestigator.filter((id) => !id.includes('rotterdam'));
    expect(investigators.toSorted()).toEqual(here.toSorted());
  });

  describe.each(investigators)('to %s', (who) => {
    it('has no more to say of a request that is not well formed', async () => {
      const request: Request = ['POST', '/v1/pathways/{reference}/facts', { type: 'nonsense' }];
      const answers = await Promise.all([hidden, unknown].map((reference) => asked(service, who, request, reference)));
      expect(answers[0]?.status).toBe(400);
      expect(comparable(answers[0])).toEqual(comparable(answers[1]));
    });

    it('is in no list, whatever the filter, on no page', async () => {
      const { office } = service.issuer.claimsOf(who);
      const queries = ['', '?stage=intake', '?office=amsterdam', ...(office === undefined ? ['?office=rotterdam&stage=intake'] : [])];
      for (const query of queries) {
        const listed = await readToItsEnd(who, query);
        expect(listed.filter((reference) => everyHidden.has(reference))).toEqual([]);
      }
      expect(await readToItsEnd(who, '?office=amsterdam&stage=intake')).toContain(known);
    });
  });

  it.each(everybodyAboutACase)('is as unknown to %s after its run was ended, and while it is blocked: each %s', async (who, method) => {
    const answers = [ended, blocked].flatMap((gone) => requestsBy(method).map((request) => expectUnknown(impatient, who, request, gone)));
    await Promise.all(answers);
  });

  describe('while no worker is there', () => {
    beforeAll(() => service.rest());
    afterAll(() => service.work());

    it.each(everybodyAboutACase)('is as unknown to %s: each %s', async (who, method) => {
      await Promise.all(requestsBy(method).map((request) => expectUnknown(impatient, who, request, hidden)));
    });
  });

  it('leaves no gap on the pages of a list: each but the last is full, and all together have every other case', async () => {
    const pages = await pagesOf('kmar-1', '?office=rotterdam');
    expect(pages.slice(0, -1).map((page) => page.length)).toEqual(pages.slice(0, -1).map(() => 50));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat().toSorted()).toEqual(knownInRotterdam.toSorted());
  });

  it.each(investigators)('changes no byte of any list of %s, and nothing that happens in it does', async (who) => {
    await service.settled(hidden);
    const before = await everyListOf(who);
    const another = await service.open('amsterdam', metByAShelter);
    await service.as('caseworker-1').tell(another, { type: 'consentGiven', purpose: 'registration' });
    await service.settled(another);
    expect(await everyListOf(who)).toEqual(before);
    expect((await get('caseworker-1', '/pathways?assignee=me')).text).toContain(another);
  });

  it('has cursors of its own for those who see it: the police cannot use them', async () => {
    const { next } = (await service.as('ind-1').get('/v1/pathways?office=rotterdam')).body;
    const { status, body } = await service.as('kmar-1').get(`/v1/pathways?office=rotterdam&cursor=${next}`);
    expect([status, body.errors?.[0].path]).toEqual([400, 'cursor']);
  });

  it.each(['police-1', 'prosecution-1'])('is not changed by the signal in the name of %s', async (recordedBy) => {
    const before = (await service.as('caseworker-1').get(`/v1/pathways/${hidden}`)).body;
    const count = (await timeline(hidden)).length;
    const handle = service.signaller.workflow.getHandle(workflowIdOf(hidden));
    await handle.signal(cooperation, { answer: 'cooperates', form: 'reportSigned', recordedBy });
    await handle.signal(cooperation, { answer: 'declines', recordedBy });
    await until('both are kept', async () => (await timeline(hidden)).length === count + 2);
    expect((await timeline(hidden)).slice(count)).toMatchObject([{ type: 'signalNotPossible' }, { type: 'signalNotPossible' }]);
    const after = (await service.as('caseworker-1').get(`/v1/pathways/${hidden}`)).body;
    expect({ ...after, next: [] }).toEqual({ ...before, next: [] });
  });

  it('takes nobody of the police into its team', async () => {
    const { tell } = service.as('supervisor-1');
    for (const staffId of ['police-1', 'kmar-1']) {
      const { status, body } = await tell(hidden, { type: 'teamChanged', role: 'police', staffId });
      expect([status, body.code, body.missing]).toEqual([409, 'fact-not-possible', ['consentGiven']]);
    }
  });

  it('sends mail and notices, and none to anybody of the police', async () => {
    const { tell } = service.as('caseworker-1');
    await tell(hidden, { type: 'consentGiven', purpose: 'registration' });
    expect((await tell(hidden, { type: 'taskCompleted', task: 'comensha-registration' })).status).toBe(201);
    await until('the caseworker has mail of it', () => lettersAbout(hidden).some(({ to }) => to === 'caseworker-1'));
    await until('CoMensha has its notice', () => notices.some(({ about, partner }) => about === hidden && partner === 'comensha'));
    expect(lettersAbout(hidden).filter(({ to }) => everyInvestigator.includes(to))).toEqual([]);
    const { body } = await service.as('caseworker-1').get(`/v1/pathways/${hidden}`);
    expect(body.next.filter(({ to }: { to: string }) => to === 'police')).toEqual([]);
    expect(body.tasks.filter(({ owner }: { owner: string }) => owner === 'police')).toEqual([]);
  });
});

describe('once the person consents to contact with the police, the case', () => {
  it('is there for them: the officer of the office is in its team, with tasks and mail to come', async () => {
    const { status, body } = await service.as('caseworker-1').tell(opening, { type: 'consentGiven', purpose: 'policeContact' });
    expect([status, body.team.police]).toEqual([201, 'police-1']);
    const tasks = body.tasks.filter(({ assignee }: { assignee: string }) => assignee === 'police-1');
    expect(tasks.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['informative-interview', 'offer-reflection-period']));
    expect(body.next.map(({ to }: { to: string }) => to)).toContain('police');
    for (const who of investigators) expect((await service.as(who).get(`/v1/pathways/${opening}`)).status).toBe(200);
    await service.settled(opening);
    for (const who of investigators) expect(await readToItsEnd(who)).toContain(opening);
    const intakeOf = async (who: string) => (await service.as(who).get(`/v1/pathways/${opening}/intake`)).status;
    expect(await Promise.all(investigators.map(intakeOf))).toEqual([200, 403, 403, 403]);
    expect(JSON.stringify(await timeline(opening))).not.toContain('officeTeam');
  });

  it('stays there in its next run, and after the consent is withdrawn', async () => {
    await service.as('caseworker-1').tell(opening, { type: 'consentWithdrawn', purpose: 'policeContact' });
    expect((await service.as('police-1').tell(opening, { type: 'reflectionStarted' })).status).toBe(201);
    await service.settled(opening);
    expect(await readToItsEnd('police-1', '?stage=reflection')).toContain(opening);
  });

  it('is hidden again only by a correction that strikes the consent out', async () => {
    const { body } = await service.as('caseworker-1').tell(mistaken, { type: 'consentGiven', purpose: 'policeContact' });
    expect(body.team.police).toBe('police-1');
    await service.settled(mistaken);
    expect(await readToItsEnd('kmar-1')).toContain(mistaken);
    const feed = (await get('kmar-1', '/changes')).next;
    const consent = (await timeline(mistaken)).at(-1)?.id;
    const corrected = await service.as('caseworker-1').tell(mistaken, { type: 'corrected', replaces: consent, reason: 'mistake' });
    expect([corrected.status, corrected.body.team.police]).toEqual([201, undefined]);
    for (const who of investigators) await expectUnknown(service, who, ['GET', '/v1/pathways/{reference}', undefined], mistaken);
    await service.settled(mistaken);
    expect(await readToItsEnd('kmar-1')).not.toContain(mistaken);
    // Whoever keeps a copy has to hear of it, and hears nothing else.
    expect((await get('kmar-1', `/changes?cursor=${feed}`)).items).toEqual([{ reference: mistaken, gone: true }]);
  });
});

const metByAShelter = { indication: { observedOn: daysFromNow(-1), by: 'shelter' } };
const letters: { readonly about: string; readonly to: string }[] = [];
const notices: { readonly about: string; readonly partner: string }[] = [];

/** Activities that deliver everything, and keep who got it. */
const kept: Activities = {
  ...everythingArrives,
  notify: {
    ...everythingArrives.notify,
    sendDigests: async (order) => {
      letters.push(...order.letters.map(({ to }) => ({ about: order.reference, to })));
      return everythingArrives.notify.sendDigests(order);
    },
    notifyPartner: async (order) => {
      notices.push({ about: order.reference, partner: order.notice.partner });
      return everythingArrives.notify.notifyPartner(order);
    },
  },
};

let service: ServiceWithRegister;
/** An API that does not wait long for a case that is out of reach. */
let impatient: Speaker;
let [hidden, ended, blocked, opening, mistaken, known] = ['', '', '', '', '', ''];
let everyHidden = new Set<string>();
let knownInRotterdam: readonly string[] = [];

beforeAll(async () => {
  service = await startWithRegister({ activities: kept });
  // An unknown case is answered in this time, also on a busy machine.
  impatient = await service.anotherApi({ patienceMs: 1_500 });
  const openHidden = (office = 'amsterdam') => service.open(office, metByAShelter);
  [hidden, ended, opening, mistaken, known] = await Promise.all([openHidden(), openHidden(), openHidden(), openHidden(), service.open()]);
  const elsewhere = await Promise.all(Array.from({ length: 20 }, () => openHidden('rotterdam')));
  knownInRotterdam = await Promise.all(Array.from({ length: 53 }, () => service.open('rotterdam')));
  await service.client.workflow.getHandle(workflowIdOf(ended)).terminate('a mistake');
  blocked = await openBlocked();
  await Promise.all([hidden, opening, mistaken, known, ...elsewhere, ...knownInRotterdam].map(service.settled));
  everyHidden = new Set([hidden, ended, blocked, opening, mistaken, ...elsewhere]);
});
afterAll(() => service.stop());

/** A hidden case that cannot answer: each of its tasks fails. */
async function openBlocked(): Promise<string> {
  const reference = referenceFrom(randomBytes(8));
  await service.keys.make(reference, 'amsterdam');
  await service.client.workflow.start('pathway', {
    workflowId: workflowIdOf(reference),
    taskQueue: pathwayQueue,
    args: [{ version: 1, start: null }],
    typedSearchAttributes: attributesOf({ stage: 'intake', office: 'amsterdam', nextDate: null, escalated: false, attention: [] }),
    memo: { since: '2026-01-01', hidden: 1 },
  });
  return reference;
}

/** Facts as bodies of requests: first those for which the office of the case is read first. */
const bodies = [
  { type: 'consentGiven', purpose: 'policeContact' },
  { type: 'teamChanged', role: 'police', staffId: 'police-1' },
  { type: 'interviewHeld' },
];

/** The requests about a case by one method. Sent together they wait no longer than one. */
function requestsBy(method: string): readonly Request[] {
  const paths = aboutACase.filter((request) => request.method === method).map(({ path }) => path);
  return paths.flatMap((path) => (method === 'GET' ? [undefined] : bodies).map((body): Request => [method, path, body]));
}

type Speaker = Pick<Service, 'as'>;
type Request = readonly [method: string, path: string, body: object | undefined];

async function expectUnknown(speaker: Speaker, who: string, request: Request, reference: string): Promise<void> {
  const answers = [reference, unknown, impossible].map((each) => asked(speaker, who, request, each));
  const [answer, ...others] = await Promise.all(answers);
  // The access log is for none of these roles, whichever the case, and the intake for none of the national ones.
  const isForNone = request[1].endsWith('/access-log') || (request[1].endsWith('/intake') && who !== 'police-1');
  expect([request, answer?.status]).toEqual([request, isForNone ? 403 : 404]);
  expect(JSON.stringify(answer?.body)).not.toContain(reference);
  for (const other of others) expect(comparable(other)).toEqual(comparable(answer));
}

async function asked(speaker: Speaker, who: string, [method, path, body]: Request, reference: string): Promise<Answer> {
  const headers = method === 'GET' ? {} : { 'Idempotency-Key': randomUUID() };
  return speaker.as(who).send(method, path.replace('{reference}', reference), { ...(body === undefined ? {} : { body }), headers });
}

async function pagesOf(who: string, query = '', cursor?: string): Promise<string[][]> {
  const after = cursor === undefined ? '' : `${query === '' ? '?' : '&'}cursor=${cursor}`;
  const { status, body } = await service.as(who).get(`/v1/pathways${query}${after}`);
  if (status !== 200) throw new Error(`the list was refused to ${who}: ${JSON.stringify(body)}`);
  const page = body.items.map((item: { reference: string }) => item.reference) as string[];
  return [page, ...(body.next === null ? [] : await pagesOf(who, query, body.next as string))];
}

async function readToItsEnd(who: string, query = ''): Promise<string[]> {
  return (await pagesOf(who, query)).flat();
}

/** Every list that somebody may ask for, as pages and as tables; without the cursors, which are new each time. */
async function everyListOf(who: string): Promise<readonly unknown[]> {
  const paths = [
    '/pathways',
    '/pathways?stage=intake',
    '/pathways?office=amsterdam',
    '/tasks',
    '/forecast',
    '/boards/supervisor',
    '/changes',
    '/outages',
  ];
  const lists = paths.flatMap((path) => [get(who, path), get(who, path, { Accept: 'text/csv' })]);
  return (await Promise.all(lists)).map(({ status, text, next }) => [status, text.replace(next, ''), next.length]);
}

async function get(who: string, path: string, headers = {}) {
  const { status, body } = await service.as(who).get(`/v1${path}`, headers);
  return { status, text: JSON.stringify(body), next: encodeURIComponent(body.next ?? ''), items: body.items as unknown };
}

async function timeline(reference: string): Promise<{ readonly id: string; readonly type: string }[]> {
  return (await service.as('caseworker-1').get(`/v1/pathways/${reference}/facts`)).body.items;
}

function lettersAbout(reference: string) {
  return letters.filter(({ about }) => about === reference);
}
