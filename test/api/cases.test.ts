import { pathwayAnswer, timelineAnswer } from '../../src/api/responses/schemas';
import { isReference } from '../../src/casework/requests/references';
import { daysFromNow, intake, startService, type Service } from './support/service';

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

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

function assignees({ tasks }: { tasks: { owner: string; assignee: string }[] }): Record<string, string> {
  return Object.fromEntries(tasks.map(({ owner, assignee }) => [owner, assignee]));
}
