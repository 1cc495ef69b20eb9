import ICAL from 'ical.js';
import { previewAnswer } from '../../src/api/answers';
import { intake, startService, type Service } from './support/service';

const { person } = intake();
const cooperates = {
  startOn: '2027-11-30',
  person,
  assume: [
    { type: 'reflectionStarted', on: '2027-11-30' },
    { type: 'cooperated', on: '2028-01-11', form: 'reportSigned' },
  ],
};

describe('a preview', () => {
  it('says what will be asked, of whom and when, and begins nothing', async () => {
    const { status, body } = await preview(cooperates);
    expect(status).toBe(200);
    expect(previewAnswer.strict().parse(body)).toEqual(body);
    expect(body.moments).toContainEqual({
      at: '2027-11-30T08:00:00Z',
      what: 'new',
      about: ['informative-interview', 'offer-reflection-period', 'comensha-registration'],
      to: 'police',
    });
    expect(body.moments).toContainEqual({ at: '2028-01-11T09:00:00Z', what: 'notice', about: ['m55-cooperation'], to: 'ind' });
    expect((await service.as('caseworker-1').get('/v1/pathways')).body.items).toEqual([]);
  });

  it('of silence shows the end of the three months: 29 February, to its end', async () => {
    const { body } = await preview({ ...cooperates, assume: cooperates.assume.slice(0, 1) });
    expect(moments(body, 'expiry').map(({ at }) => at)).toEqual(['2028-02-29T23:00:00Z']);
  });

  it('follows the edition that is asked for: in Belgium the period ends after 45 days', async () => {
    const { body } = await preview({ ...cooperates, edition: 'BE-2008-09', assume: cooperates.assume.slice(0, 1) });
    expect(moments(body, 'expiry').map(({ at }) => at)).toEqual(['2028-01-14T23:00:00Z']);
  });

  it('takes news that is told later than it happened, and who tells it where that matters', async () => {
    const detained = (by: string) => ({ type: 'eligibilityDecided', on: '2027-12-01', eligible: true, ground: 'detained', by });
    const { status } = await preview({
      ...cooperates,
      person: { ...person, residence: 'detained' },
      assume: [detained('police'), detained('prosecution'), { type: 'reflectionStarted', on: '2027-12-02', toldOn: '2027-12-05' }],
    });
    expect(status).toBe(200);
  });

  it('of what cannot be is refused, and says which of the assumed facts it is and what is missing', async () => {
    const { status, body } = await preview({
      ...cooperates,
      assume: [...cooperates.assume, { type: 'departureDeclared', on: '2028-02-01' }],
    });
    expect([status, body.code, body.errors]).toEqual([409, 'fact-not-possible', [{ path: 'assume.2', message: 'fact-not-possible' }]]);
    expect(body.stage).toBe('permitApplication');
    expect(body.detail).toContain('permitApplication');
    expect(body.allowedFacts).toContain('riskAssessed');
    // By its place in the request, also where that is not the order of the dates.
    const before = await preview({ ...cooperates, assume: [{ type: 'cooperationEnded', on: '2027-12-02' }, ...cooperates.assume] });
    expect([before.status, before.body.stage, before.body.errors[0].path]).toEqual([409, 'reflection', 'assume.0']);
    const detained = { ...person, residence: 'detained' };
    expect((await preview({ ...cooperates, person: detained })).body).toMatchObject({ status: 409, missing: ['eligibilityDecided'] });
  });

  it.each([
    ['an unknown edition', { edition: 'NL-1999-01' }, 'edition'],
    ['a day that does not exist', { startOn: '2027-02-30' }, 'startOn'],
    ['an unknown fact', { assume: [{ type: 'flown', on: '2027-12-01' }] }, 'assume.0.type'],
    ['a fact told before the case begins', { assume: [{ type: 'reflectionStarted', on: '2027-11-29' }] }, 'assume.0'],
    ['a fact told by a role that does not tell it', { assume: [{ type: 'reflectionStarted', by: 'lawyer' }] }, 'assume.0.by'],
    ['an end beyond five years', { until: '2032-12-01' }, 'until'],
    ['an unknown key', { office: 'amsterdam' }, 'office'],
  ])('with %s is answered with 400, and says where', async (_, change, path) => {
    const { status, body } = await preview({ ...cooperates, ...change });
    expect([status, body.errors[0].path]).toEqual([400, path]);
  });

  it('ends where it was asked to: what would be told after that is not looked at, however far ahead', async () => {
    const far = { type: 'interviewHeld', on: '2190-01-01' };
    const { status, body } = await preview({ ...cooperates, until: '2027-12-03', assume: [...cooperates.assume, far] });
    expect(status).toBe(200);
    expect(body.moments.every(({ at }: { at: string }) => at <= '2027-12-03')).toBe(true);
    expect((await preview({ ...cooperates, assume: [...cooperates.assume, far] })).body.errors[0].path).toBe('until');
    expect((await preview({ ...cooperates, assume: [{ ...cooperates.assume[0], toldOn: '2190-01-01' }] })).body.errors[0].path).toBe(
      'until',
    );
  });

  it('of a fact that happens after it is told says where, as for a fact itself', async () => {
    const { status, body } = await preview({
      ...cooperates,
      assume: [{ ...cooperates.assume[0], on: '2027-12-02', toldOn: '2027-12-01' }],
    });
    expect([status, body.code, body.errors[0].path]).toEqual([400, 'invalid-request', 'assume.0.on']);
  });

  it('of five years, which takes seconds, lets others be answered meanwhile', async () => {
    const minor = { ...person, ageGroup: 'minor' };
    const plan = preview({ startOn: '2027-11-30', person: minor, assume: [], until: '2032-11-30' }).then(({ status }) => ({
      plan: status,
    }));
    const other = service
      .as('caseworker-1')
      .get('/v1/policies')
      .then(({ status }) => ({ other: status }));
    expect(await Promise.race([plan, other])).toEqual({ other: 200 });
    expect(await plan).toEqual({ plan: 200 });
  });

  it('that lacks a field says so, whatever else is wrong with it', async () => {
    const { status, body } = await preview({ person, assume: [{}] });
    expect(status).toBe(400);
    expect(body.errors).toEqual(expect.arrayContaining([{ path: 'startOn', message: 'is required' }]));
  });

  it('needs a login', async () => {
    expect((await service.send('POST', '/v1/pathway-previews', { body: cooperates })).status).toBe(401);
  });

  it('is a calendar for who asks for one: the same moments, in his language', async () => {
    const plain = await preview(cooperates);
    const asked = await fetch(`${service.address}/v1/pathway-previews`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await service.issuer.token(service.issuer.claimsOf('caseworker-1'))}`,
        'Content-Type': 'application/json',
        Accept: 'text/calendar',
        'Accept-Language': 'nl',
      },
      body: JSON.stringify(cooperates),
    });
    const headers = ['Content-Type', 'Content-Language', 'Vary'].map((name) => asked.headers.get(name));
    expect([asked.status, ...headers]).toEqual([200, 'text/calendar; charset=utf-8', 'nl', 'Accept, Accept-Language']);
    const events = new ICAL.Component(ICAL.parse(await asked.text())).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
    const starts = events.map(({ startDate }) => startDate.toJSDate().toISOString().replace('.000Z', 'Z'));
    expect(starts).toEqual(plain.body.moments.map(({ at }: { at: string }) => at));
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    expect(events.map(({ summary }) => summary).join()).toContain('Bedenktijd aanbieden');
  });
});

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

function preview(body: object) {
  return service.as('caseworker-1').send('POST', '/v1/pathway-previews', { body });
}

function moments(body: { moments: { at: string; what: string }[] }, what: string) {
  return body.moments.filter((moment) => moment.what === what);
}
