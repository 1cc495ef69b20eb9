import { setImmediate as soon } from 'node:timers/promises';
import { caseListAnswer, pathwayAnswer, timelineAnswer } from '../../src/api/responses/schemas';
import { temporalCaseList } from '../../src/casework/temporal/caseList';
import { engineCalls } from '../../src/casework/temporal/call';
import { isReference } from '../../src/casework/requests/references';
import { keyedHashOf } from '../../src/privacy/keyedHash';
import { daysFromNow, intake, startService, type Answer, type Service } from './support/service';

describe('a case over HTTP', () => {
  it('starts at intake with the office’s own team and the current edition', async () => {
    const { status, headers, body } = await service.as('caseworker-1').post('/v1/pathways', intake());
    expect({ status, location: headers.get('Location') }).toEqual({ status: 201, location: `/v1/pathways/${body.reference}` });
    expect(isReference(body.reference)).toBe(true);
    expect(body).toMatchObject({ stage: 'intake', since: daysFromNow(0), office: 'amsterdam', policyEdition: 'NL-2023-05', result: null });
    expect(assignees(body)).toEqual({ caseworker: 'caseworker-1', careCoordinator: 'care-coordinator-1', police: 'police-1' });
    expect(pathwayAnswer.strict().parse(body)).toEqual(body);
  });

  it('reads as it was answered', async () => {
    const { body } = await service.as('caseworker-1').post('/v1/pathways', intake());
    const read = await service.as('caseworker-1').get(`/v1/pathways/${body.reference}`);
    expect(read.status).toBe(200);
    expect({ ...read.body, next: [] }).toEqual({ ...body, next: [] });
  });

  it('takes the people that the request names, and the office’s people for the other roles', async () => {
    const team = { caseworker: 'caseworker-2', police: 'kmar-1' };
    const { body } = await service.as('supervisor-1').post('/v1/pathways', { ...intake(), team });
    expect(assignees(body)).toEqual({ caseworker: 'caseworker-2', careCoordinator: 'care-coordinator-1', police: 'kmar-1' });
  });

  it('changes stage by a fact, and the answer shows the pathway after it', async () => {
    const reference = await service.open();
    const { status, body } = await service.as('police-1').tell(reference, { type: 'reflectionStarted' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ stage: 'reflection', since: daysFromNow(0), because: { fact: 'reflectionStarted' } });
    expect(body.reflectionPeriod).toMatchObject({ startedOn: daysFromNow(0), endedOn: null, end: null });
    expect(body.allowedFacts).toEqual(expect.arrayContaining(['cooperated', 'declined']));
    expect(pathwayAnswer.strict().parse(body)).toEqual(body);
    expect((await service.as('police-1').get(`/v1/pathways/${reference}`)).body.stage).toBe('reflection');
  });

  it('lists its facts in order, each with its teller and a sentence in the reader’s language', async () => {
    const reference = await service.open();
    await service.as('police-1').tell(reference, { type: 'reflectionStarted', on: daysFromNow(-1) });
    await service.as('caseworker-1').tell(reference, { type: 'consentGiven', purpose: 'crossBorder:nigeria' });
    const [dutch, english] = await Promise.all(
      ['nl-NL,nl;q=0.9', 'en'].map((language) =>
        service.as('caseworker-1').get(`/v1/pathways/${reference}/facts`, { 'Accept-Language': language }),
      ),
    );
    expect(english?.body.items).toMatchObject([
      { id: 'fact-1', type: 'reflectionStarted', on: daysFromNow(-1), recordedBy: 'police-1' },
      { id: 'fact-2', type: 'consentGiven', on: daysFromNow(0), purpose: 'crossBorder:nigeria', recordedBy: 'caseworker-1' },
    ]);
    expect([dutch, english].map((answer) => answer?.headers.get('Content-Language'))).toEqual(['nl', 'en']);
    expect(dutch?.body.items[0].sentence).toMatch(/^Bedenktijd ingegaan\./);
    expect(english?.body.items[0].sentence).toMatch(/^The reflection period began\./);
    expect(timelineAnswer.strict().parse(english?.body)).toEqual(english?.body);
  });

  it('refuses an impossible fact, says what is missing and what is possible, and does not change', async () => {
    const reference = await service.open('amsterdam', { person: { residence: 'witnessOnly', ageGroup: 'adult', nationality: 'NG' } });
    // Its first mail leaves meanwhile, which the pathway names.
    await service.sent(reference);
    const before = await service.as('police-1').get(`/v1/pathways/${reference}`);
    const { status, headers, body } = await service.as('police-1').tell(reference, { type: 'reflectionStarted' });
    expect({ status, type: headers.get('Content-Type') }).toEqual({ status: 409, type: 'application/problem+json; charset=utf-8' });
    expect(body).toMatchObject({ type: '/problems/fact-not-possible', status: 409, code: 'fact-not-possible', stage: 'intake' });
    expect(body.missing).toEqual(['eligibilityDecided']);
    expect(body.detail).toBe('In the stage intake this fact is not possible before: eligibilityDecided.');
    expect(body.allowedFacts).toContain('interviewHeld');
    expect((await service.as('police-1').get(`/v1/pathways/${reference}`)).body).toEqual(before.body);
  });

  it('refuses a task that it never had', async () => {
    const reference = await service.open();
    const { status, body } = await service.as('caseworker-1').tell(reference, { type: 'taskCompleted', task: 'no-such-task' });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'unknown-task' });
  });

  it('changes stage while facts arrive in parallel, and loses none of them', async () => {
    const reference = await service.open();
    await service.as('police-1').tell(reference, { type: 'reflectionStarted' });
    const purposes = ['registration', 'placement', 'medical', 'returnDataExchange'];
    const answers = await Promise.all([
      service.as('police-1').tell(reference, { type: 'cooperated', form: 'reportSigned' }),
      ...purposes.map((purpose) => service.as('caseworker-1').tell(reference, { type: 'consentGiven', purpose })),
      ...purposes.map((purpose) => service.as('care-coordinator-1').tell(reference, { type: 'consentGiven', purpose })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const { body } = await service.as('caseworker-1').get(`/v1/pathways/${reference}/facts`);
    expect(body.items).toHaveLength(10);
  });
});

describe('the case list', () => {
  it('shows each case once, with stage, start of the stage and next date, whatever its run', async () => {
    const reference = await service.open();
    await service.as('police-1').tell(reference, { type: 'reflectionStarted', on: daysFromNow(-1) });
    const shown = await until(
      async () => {
        const { body } = await service.as('caseworker-1').get('/v1/pathways?stage=reflection');
        expect(caseListAnswer.strict().parse(body)).toEqual(body);
        return body.items.filter((item: { reference: string }) => item.reference === reference);
      },
      (lines) => lines.length === 1 && lines[0].since === daysFromNow(-1),
    );
    const { body } = await service.as('caseworker-1').get(`/v1/pathways/${reference}`);
    const dates = [...body.tasks.filter(isOpen).map(({ due }: { due: string }) => due), body.reflectionPeriod.endsOn].sort();
    expect(shown).toEqual([
      { reference, stage: 'reflection', since: body.since, nextDate: dates.find((date) => date >= daysFromNow(0)), escalated: false },
    ]);
  });

  it('shows the day of a corrected fact', async () => {
    const reference = await service.open();
    await service.as('police-1').tell(reference, { type: 'reflectionStarted', on: daysFromNow(-1) });
    const { body } = await service.as('caseworker-1').get(`/v1/pathways/${reference}/facts`);
    const fact = body.items.at(-1).id;
    await service
      .as('supervisor-1')
      .tell(reference, { type: 'corrected', replaces: fact, reason: 'mistake', with: { type: 'reflectionStarted', on: daysFromNow(0) } });
    await until(
      async () =>
        (await service.as('caseworker-1').get('/v1/pathways?stage=reflection')).body.items.find(
          (item: { reference: string }) => item.reference === reference,
        )?.since,
      (since) => since === daysFromNow(0),
    );
  });

  it('shows an office its own cases, and a national role all cases or those of one office', async () => {
    const [here, there] = [await service.open('amsterdam'), await service.open('rotterdam')];
    const seen = (who: string, query = '') =>
      until(
        async () =>
          ((await service.as(who).get(`/v1/pathways${query}`)).body.items as { reference: string }[]).map((item) => item.reference),
        hasSome,
      );
    await until(
      () => seen('ind-1'),
      (references) => references.includes(here) && references.includes(there),
    );
    expect(await seen('caseworker-1')).toContain(here);
    expect(await seen('caseworker-1')).not.toContain(there);
    expect(await seen('ind-1', '?office=rotterdam')).toContain(there);
    expect(await seen('ind-1', '?office=rotterdam')).not.toContain(here);
  });

  it('is refused for another office, and for a partner', async () => {
    const other = await service.as('caseworker-1').get('/v1/pathways?office=rotterdam');
    const partner = await service.as('iom-1').get('/v1/pathways');
    expect([other.status, other.body.code, partner.status, partner.body.code]).toEqual([403, 'other-office', 403, 'role-not-allowed']);
  });

  it.each([
    ['stage', "stage=intake'%20OR%20Office='rotterdam"],
    ['stage', 'stage=nonsense'],
    ['office', "office=amsterdam'"],
    ['office', 'office=utrecht'],
    ['cursor', "cursor='"],
    ['cursor', 'cursor=nonsense'],
    ['sort', 'sort=since'],
  ])('accepts only its own filters and their values: not %s in %s', async (path, query) => {
    const { status, body } = await service.as('ind-1').get(`/v1/pathways?${query}`);
    expect({ status, code: body.code, paths: body.errors?.map((fault: { path: string }) => fault.path) }).toEqual({
      status: 400,
      code: 'invalid-request',
      paths: [path],
    });
  });

  it('read to its end shows each open case once, also one that changes stage meanwhile', async () => {
    const opened = await openedInRotterdam(60);
    const all = '/v1/pathways?office=rotterdam';
    const first = await service.as('kmar-1').get(all);
    expect(first.body.items).toHaveLength(50);
    const onFirst = referencesIn(first);
    const moving = opened.filter((reference) => !onFirst.includes(reference));
    await Promise.all(moving.map((reference) => move(reference)));
    const rest = await readToItsEnd(`${all}&cursor=${first.body.next}`);
    const seen = [...onFirst, ...rest];
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(opened));
    expect(seen).toEqual(seen.toSorted());
  });

  it('shows a case also between two of its runs', async () => {
    const opened = await openedInRotterdam(30);
    const moving = Promise.all(opened.map((reference) => move(reference))).then(() => 0);
    // The engine's own list is updated with a delay, so the test makes a few more rounds.
    for (let rounds = 5; rounds > 0; rounds -= await Promise.race([moving.then(() => 1), soon(0)]))
      expect(await readToItsEnd('/v1/pathways?office=rotterdam')).toEqual(expect.arrayContaining(opened));
    await moving;
    await until(
      () => readToItsEnd('/v1/pathways?office=rotterdam&stage=reflection'),
      (listed) => opened.every((reference) => listed.includes(reference)),
    );
    expect((await readToItsEnd('/v1/pathways?office=rotterdam&stage=intake')).filter((reference) => opened.includes(reference))).toEqual(
      [],
    );
  });

  it.each([
    ['with hidden cases', { id: 'ind-1', roles: ['ind'] } as const],
    ['without them', { id: 'kmar-1', roles: ['kmar'] } as const],
  ])('is read in smaller pages if one answer of the engine cannot contain it: %s', async (_, caller) => {
    await openedInRotterdam(10);
    const listed = await readToItsEnd('/v1/pathways?office=rotterdam');
    const narrow = temporalCaseList(
      service.client,
      engineCalls(service.client, { patienceMs: 10_000 }),
      keyedHashOf(Buffer.alloc(32, 7)),
      service.keys.prefetch,
      4,
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await narrow.page({ office: 'rotterdam', cursor, caller });
      seen.push(...items.map(({ reference }) => reference));
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(listed);
    expect(listed.length).toBeGreaterThan(100);
  });

  it('accepts a cursor only for its own list, and hides hidden cases on each page', async () => {
    await openedInRotterdam(1);
    const { next } = (await service.as('kmar-1').get('/v1/pathways')).body;
    const elsewhere = await service.as('kmar-1').get(`/v1/pathways?office=rotterdam&cursor=${next}`);
    const ofAnother = await service.as('caseworker-1').get(`/v1/pathways?cursor=${next}`);
    expect([elsewhere, ofAnother].map(({ status, body }) => [status, body.errors[0].path])).toEqual([
      [400, 'cursor'],
      [400, 'cursor'],
    ]);
    const mine = await readToItsEnd('/v1/pathways', 'caseworker-1');
    const theirs = await readToItsEnd('/v1/pathways?office=rotterdam', 'kmar-1');
    expect(mine.filter((reference) => theirs.includes(reference))).toEqual([]);
    expect((await readToItsEnd('/v1/pathways', 'kmar-1')).length).toBe(mine.length + theirs.length);
  });
});

/** Opens cases in Rotterdam, and waits until the engine's list has them. */
async function openedInRotterdam(count: number): Promise<string[]> {
  const opened = await Promise.all(Array.from({ length: count }, () => service.open('rotterdam')));
  await until(
    () => readToItsEnd('/v1/pathways?office=rotterdam'),
    (listed) => opened.every((reference) => listed.includes(reference)),
  );
  return opened;
}

/** Moves a case to its next stage, and so into its next run. */
async function move(reference: string): Promise<void> {
  expect((await service.as('police-rotterdam-1').tell(reference, { type: 'reflectionStarted' })).status).toBe(201);
}

async function readToItsEnd(list: string, who = 'kmar-1'): Promise<string[]> {
  const page = await service.as(who).get(list);
  const base = list.replace(/[?&]cursor=.*/, '');
  const { next } = page.body;
  const rest = next === null ? [] : await readToItsEnd(`${base}${base.includes('?') ? '&' : '?'}cursor=${next}`, who);
  return [...referencesIn(page), ...rest];
}

function referencesIn({ body }: Answer): string[] {
  return body.items.map(({ reference }: { reference: string }) => reference);
}

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

function assignees({ tasks }: { tasks: { owner: string; assignee: string }[] }): Record<string, string> {
  return Object.fromEntries(tasks.map(({ owner, assignee }) => [owner, assignee]));
}

function isOpen({ state }: { state: string }): boolean {
  return state === 'open';
}

const hasSome = (items: readonly unknown[]) => items.length > 0;

/** Waits until the engine's lists, which have a delay, show the last event. */
async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const seen = await look();
    if (holds(seen) || Date.now() > deadline) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
