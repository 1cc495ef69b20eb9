import { randomUUID } from 'node:crypto';
import { daysFromNow, intake, startService, type Service } from './support/service';

describe('a repeated intake', () => {
  it('opens no second case and is answered with the current case', async () => {
    const key = randomUUID();
    const first = await caseworker().post('/v1/pathways', intake(), key);
    await police().tell(first.body.reference, { type: 'reflectionStarted' });
    const second = await caseworker().post('/v1/pathways', intake(), key);
    expect([first.status, first.body.stage, second.status, second.body.stage]).toEqual([201, 'intake', 201, 'reflection']);
    expect(second.headers.get('Location')).toBe(first.headers.get('Location'));
  });

  it('counts as the same if its members have another order', async () => {
    const key = randomUUID();
    const { indication, office, person } = intake();
    const first = await caseworker().post('/v1/pathways', { indication, office, person }, key);
    const second = await caseworker().post('/v1/pathways', { person, office, indication }, key);
    expect([second.status, second.body.reference]).toEqual([201, first.body.reference]);
  });

  it('is refused with another body, and the case does not change', async () => {
    const key = randomUUID();
    const first = await caseworker().post('/v1/pathways', intake(), key);
    const changed = { ...intake(), person: { ...intake().person, nationality: 'BG' } };
    const second = await caseworker().post('/v1/pathways', changed, key);
    expect([second.status, second.body.code]).toEqual([409, 'idempotency-key-reused']);
    const again = await caseworker().post('/v1/pathways', intake(), key);
    expect([again.status, again.body.reference]).toEqual([201, first.body.reference]);
  });

  it('opens another case if the key or the caller is different', async () => {
    const key = randomUUID();
    const answers = await Promise.all([
      caseworker().post('/v1/pathways', intake(), key),
      caseworker().post('/v1/pathways', intake(), randomUUID()),
      police().post('/v1/pathways', intake(), key),
    ]);
    expect(new Set(answers.map(({ body }) => body.reference)).size).toBe(3);
  });

  it('opens one case if it arrives many times at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => caseworker().post('/v1/pathways', intake(), key)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.reference)).size).toBe(1);
  });
});

describe('a repeated fact', () => {
  it('is recorded once, also after the case has continued in another run', async () => {
    const [reference, key] = [await service.open(), randomUUID()];
    const started = { type: 'reflectionStarted', on: daysFromNow(-1) };
    const first = await police().tell(reference, started, key);
    await police().tell(reference, { type: 'cooperated', form: 'reportSigned' });
    const second = await police().tell(reference, started, key);
    expect([first.status, first.body.stage, second.status, second.body.stage]).toEqual([201, 'reflection', 201, 'permitApplication']);
    expect(await typesTold(reference)).toEqual(['reflectionStarted', 'cooperated']);
  });

  it('is refused with another body, in the same run and in a later one', async () => {
    const [reference, key] = [await service.open(), randomUUID()];
    await police().tell(reference, { type: 'interviewHeld' }, key);
    const sameRun = await police().tell(reference, { type: 'interviewHeld', on: daysFromNow(-1) }, key);
    await police().tell(reference, { type: 'reflectionStarted' });
    const laterRun = await police().tell(reference, { type: 'victimStatementIssued' }, key);
    expect([sameRun, laterRun].map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'idempotency-key-reused'],
      [409, 'idempotency-key-reused'],
    ]);
    expect(await typesTold(reference)).toEqual(['interviewHeld', 'reflectionStarted']);
  });

  it('is recorded once if it arrives many times at once', async () => {
    const [reference, key] = [await service.open(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 8 }, () => police().tell(reference, { type: 'reflectionStarted' }, key)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await typesTold(reference)).toEqual(['reflectionStarted']);
  });

  it('may be submitted again after a refusal, once it is possible', async () => {
    const [reference, key] = [await service.open(), randomUUID()];
    const early = await police().tell(reference, { type: 'cooperationEnded' }, key);
    await police().tell(reference, { type: 'cooperated', form: 'witness' });
    const late = await police().tell(reference, { type: 'cooperationEnded' }, key);
    expect([early.status, late.status]).toEqual([409, 201]);
  });

  it('is a separate fact under the key of another caller', async () => {
    const [reference, key] = [await service.open(), randomUUID()];
    await caseworker().tell(reference, { type: 'consentGiven', purpose: 'medical' }, key);
    await service.as('care-coordinator-1').tell(reference, { type: 'consentGiven', purpose: 'placement' }, key);
    expect(await typesTold(reference)).toEqual(['consentGiven', 'consentGiven']);
  });
});

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const caseworker = () => service.as('caseworker-1');
const police = () => service.as('police-1');

async function typesTold(reference: string): Promise<string[]> {
  const { body } = await caseworker().get(`/v1/pathways/${reference}/facts`);
  return body.items.map(({ type }: { type: string }) => type);
}
