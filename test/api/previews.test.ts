import { setImmediate as soon } from 'node:timers/promises';
import ICAL from 'ical.js';
import { previewAnswer } from '../../src/api/responses/schemas';
import { faultsIn } from '../support/strictCalendar';
import { until } from '../support/until';
import { daysFromNow, intake, startService, type Service } from './support/service';

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
  it('lists the tasks with their owners and dates, and starts nothing', async () => {
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

  it('of a person who does not answer shows the end of the three months: all of 29 February', async () => {
    const { body } = await preview({ ...cooperates, assume: cooperates.assume.slice(0, 1) });
    expect(moments(body, 'expiry').map(({ at }) => at)).toEqual(['2028-02-29T23:00:00Z']);
  });

  it('follows the chosen edition: in Belgium the period ends after 45 days', async () => {
    const { body } = await preview({ ...cooperates, edition: 'BE-2008-09', assume: cooperates.assume.slice(0, 1) });
    expect(moments(body, 'expiry').map(({ at }) => at)).toEqual(['2028-01-14T23:00:00Z']);
  });

  it('of a person whom a shelter meets shows the police nothing before the consent, and from then on what they have to do', async () => {
    const indication = { observedOn: '2027-11-29', by: 'shelter' };
    const { body } = await preview({ startOn: '2027-11-30', person, indication });
    expect(moments(body, 'new')[0]).toMatchObject({ at: '2027-11-30T08:00:00Z' });
    expect(body.moments.filter(({ to }: { to: string }) => to === 'police')).toEqual([]);
    const consent = { type: 'consentGiven', purpose: 'policeContact', on: '2027-11-30' };
    const opened = await preview({ startOn: '2027-11-30', person, indication, assume: [consent] });
    expect(opened.body.moments.find(({ to }: { to: string }) => to === 'police')).toMatchObject({
      at: '2027-11-30T09:00:00Z',
      about: ['offer-reflection-period'],
    });
  });

  it('accepts late news, and the teller of a fact if that matters', async () => {
    const detained = (by: string) => ({ type: 'eligibilityDecided', on: '2027-12-01', eligible: true, ground: 'detained', by });
    const { status } = await preview({
      ...cooperates,
      person: { ...person, residence: 'detained' },
      assume: [detained('police'), detained('prosecution'), { type: 'reflectionStarted', on: '2027-12-02', toldOn: '2027-12-05' }],
    });
    expect(status).toBe(200);
  });

  it('of impossible facts is refused, and names the assumed fact and what is missing', async () => {
    const { status, body } = await preview({
      ...cooperates,
      assume: [...cooperates.assume, { type: 'departureDeclared', on: '2028-02-01' }],
    });
    expect([status, body.code, body.errors]).toEqual([409, 'fact-not-possible', [{ path: 'assume.2', message: 'fact-not-possible' }]]);
    expect(body.stage).toBe('permitApplication');
    expect(body.detail).toContain('permitApplication');
    expect(body.allowedFacts).toContain('riskAssessed');
    // The path names the fact by its place in the request, even if the dates have another order.
    const before = await preview({ ...cooperates, assume: [{ type: 'cooperationEnded', on: '2027-12-02' }, ...cooperates.assume] });
    expect([before.status, before.body.stage, before.body.errors[0].path]).toEqual([409, 'reflection', 'assume.0']);
    const detained = { ...person, residence: 'detained' };
    expect((await preview({ ...cooperates, person: detained })).body).toMatchObject({ status: 409, missing: ['eligibilityDecided'] });
  });

  it.each([
    ['an unknown edition', { edition: 'NL-1999-01' }, 'edition'],
    ['a day that does not exist', { startOn: '2027-02-30' }, 'startOn'],
    ['an indication after the start', { indication: { observedOn: '2027-12-01', by: 'shelter' } }, 'indication.observedOn'],
    ['an observer of another edition', { indication: { observedOn: '2027-11-30', by: 'screening' } }, 'indication.by'],
    ['a sector of another edition', { person: { ...person, sector: 'surrogacy' } }, 'person.sector'],
    ['a request for asylum after the start', { person: { ...person, asylumRequestedOn: '2027-12-01' } }, 'person.asylumRequestedOn'],
    ['an unknown fact', { assume: [{ type: 'flown', on: '2027-12-01' }] }, 'assume.0.type'],
    ['a fact told before the case begins', { assume: [{ type: 'reflectionStarted', on: '2027-11-29' }] }, 'assume.0'],
    ['a fact told by a role that does not tell it', { assume: [{ type: 'reflectionStarted', by: 'lawyer' }] }, 'assume.0.by'],
    ['an end beyond five years', { until: '2032-12-01' }, 'until'],
    ['an unknown key', { office: 'amsterdam' }, 'office'],
  ])('with %s is answered with 400 and the place of the fault', async (_, change, path) => {
    const { status, body } = await preview({ ...cooperates, ...change });
    expect([status, body.errors[0].path]).toEqual([400, path]);
  });

  it('ends at the given date, and ignores facts after it, however late they are', async () => {
    const far = { type: 'interviewHeld', on: '2190-01-01' };
    const { status, body } = await preview({ ...cooperates, until: '2027-12-03', assume: [...cooperates.assume, far] });
    expect(status).toBe(200);
    expect(body.moments.every(({ at }: { at: string }) => at <= '2027-12-03')).toBe(true);
    expect((await preview({ ...cooperates, assume: [...cooperates.assume, far] })).body.errors[0].path).toBe('until');
    expect((await preview({ ...cooperates, assume: [{ ...cooperates.assume[0], toldOn: '2190-01-01' }] })).body.errors[0].path).toBe(
      'until',
    );
  });

  it('of a fact that happens after it is recorded is refused with its place, like a fact itself', async () => {
    const { status, body } = await preview({
      ...cooperates,
      assume: [{ ...cooperates.assume[0], on: '2027-12-02', toldOn: '2027-12-01' }],
    });
    expect([status, body.code, body.errors[0].path]).toEqual([400, 'invalid-request', 'assume.0.on']);
  });

  it('without a required field names that field, whatever else is wrong', async () => {
    const { status, body } = await preview({ person, assume: [{}] });
    expect(status).toBe(400);
    expect(body.errors).toEqual(expect.arrayContaining([{ path: 'startOn', message: 'is required' }]));
  });

  it('needs a login', async () => {
    expect((await service.send('POST', '/v1/pathway-previews', { body: cooperates })).status).toBe(401);
  });
});

describe('a long preview', () => {
  it('does not delay the answers to other requests', async () => {
    const reference = await service.open();
    const making = [long('caseworker-1'), long('police-1')];
    const others = async () => [
      (await service.send('GET', '/v1/health/live')).status,
      (await service.as('caseworker-2').get(`/v1/pathways/${reference}`)).status,
    ];
    const first = await Promise.race([Promise.all(making), others()]);
    expect(first).toEqual([200, 200]);
    expect((await Promise.all(making)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('runs once at a time for a caller and twice in all, and others learn when to come back', async () => {
    const made = [(await beingMade('caseworker-1')).made, (await beingMade('police-1')).made];
    for (const who of ['caseworker-1', 'supervisor-1']) {
      const { status, body, headers } = await preview(cooperates, who);
      expect([status, body.code, headers.get('Retry-After')]).toEqual([429, 'too-many', '5']);
    }
    await Promise.all(made);
    expect((await preview(cooperates)).status).toBe(200);
  });

  it('stops when its caller disconnects, and that caller may then ask again', async () => {
    const [staying, leaving] = [await beingMade('police-1'), await beingMade('caseworker-1')];
    leaving.leave();
    await until('the place is free', async () => (await preview(cooperates)).status === 200);
    // The other preview started earlier and takes as long. If this one had continued, the other would have finished first.
    expect(await Promise.race([staying.made, soon('is being made')])).toBe('is being made');
    await staying.made;
    expect(service.logged).toEqual([]);
  });

  it('with too many facts for too many days is refused with that reason', async () => {
    const contact = (day: number) => ({ type: 'interviewHeld', on: `2028-${String((day % 12) + 1).padStart(2, '0')}-01` });
    const assume = [...cooperates.assume, ...Array.from({ length: 198 }, (_, day) => contact(day))];
    const { status, body } = await preview({ ...cooperates, assume, until: '2032-11-30' });
    expect([status, body.code, body.errors]).toEqual([
      400,
      'invalid-request',
      [{ path: 'assume', message: 'too many facts for so many days: facts times days are at most 100000' }],
    ]);
  });
});

describe('a preview as a calendar file', () => {
  it('is valid by RFC 5545, whatever it contains', async () => {
    for (const [language, query] of [
      ['nl', '?mails=true'],
      ['en', '?mails=true'],
      ['nl', ''],
    ] as const)
      expect(faultsIn((await asCalendar(cooperates, { language, query })).file)).toEqual([]);
    const added = { type: 'taskAdded', on: '2027-12-02', kind: 'social', due: '2027-12-09', owner: 'caseworker', title: 'a'.repeat(63) };
    expect(faultsIn((await asCalendar({ ...cooperates, assume: [...cooperates.assume, added] })).file)).toEqual([]);
  });

  it('has the requested language, a name and the time at which it was made', async () => {
    const { answer, events, calendar } = await asCalendar(cooperates, { language: 'nl' });
    const headers = ['Content-Type', 'Content-Language', 'Vary'].map((name) => answer.headers.get(name));
    expect([answer.status, ...headers]).toEqual([200, 'text/calendar; charset=utf-8', 'nl', 'Accept, Accept-Language']);
    expect(['name', 'x-wr-calname', 'prodid'].map((name) => calendar.getFirstPropertyValue(name))).toEqual([
      'Plan vanaf 30 november 2027',
      'Plan vanaf 30 november 2027',
      '-//pathways//preview//NL',
    ]);
    expect(events.map(({ summary }) => summary)).toContain('Bedenktijd aanbieden (politie), 09:00');
    expect((await asCalendar(cooperates, { language: 'en' })).calendar.getFirstPropertyValue('name')).toBe('Plan from 30 November 2027');
    const stamps = new Set(events.map(({ component }) => String(component.getFirstPropertyValue('dtstamp'))));
    expect([...stamps]).toEqual([new Date(now).toISOString().replace('.000Z', 'Z')]);
  });

  it('shows tasks and deadlines on their days: one that ends on the 29th on the 29th', async () => {
    const { events } = await asCalendar({ ...cooperates, assume: cooperates.assume.slice(0, 1) }, { language: 'nl' });
    expect(events.every(({ startDate, endDate }) => startDate.isDate && endDate.subtractDate(startDate).days === 1)).toBe(true);
    expect(onDay(events, '2028-02-29')).toContain('Einde van de bedenktijd');
    expect(onDay(events, '2028-03-01')).not.toContain('Einde van de bedenktijd');
    expect(onDay(events, '2027-12-14')).toContain('Toelage aanvragen (Rvb) (zorgcoördinator)');
  });

  it('shows every date of the later real case exactly once', async () => {
    const reference = await service.open('amsterdam', { indication: { observedOn: daysFromNow(0), by: 'police' }, person });
    await service.as('police-1').tell(reference, { type: 'reflectionStarted' });
    const { body } = await service.as('caseworker-1').get(`/v1/pathways/${reference}`);
    const assume = [{ type: 'reflectionStarted', on: daysFromNow(0) }];
    const { events } = await asCalendar({ startOn: daysFromNow(0), person, assume });
    const lived = [...body.tasks.map(({ due }: { due: string }) => due), ...body.deadlines.map(({ date }: { date: string }) => date)];
    const shown = events.map(({ startDate }) => startDate.toString());
    for (const date of new Set(lived))
      expect(shown.filter((each) => each === date).length).toBeGreaterThanOrEqual(lived.filter((each) => each === date).length);
    expect(lived.length).toBeGreaterThan(10);
  });

  it('keeps the names of its entries when a fact is added, and cancels the entries that this fact ends', async () => {
    const [before, after] = [
      await asCalendar({ ...cooperates, assume: cooperates.assume.slice(0, 1) }, { query: '?mails=true' }),
      await asCalendar(cooperates, { query: '?mails=true' }),
    ];
    const known = new Map(before.events.map((event) => [event.uid, event]));
    const kept = after.events.filter(({ uid }) => known.has(uid));
    expect(kept.map(({ summary }) => summary)).toEqual(kept.map(({ uid }) => known.get(uid)?.summary));
    const names = new Set(after.events.map(({ uid }) => uid));
    const sixWeeks = before.events.filter(({ startDate }) => startDate.toString() < '2028-01-11');
    expect(sixWeeks.filter(({ uid }) => !names.has(uid)).map(({ summary }) => summary)).toEqual([]);
    expect(sixWeeks.length).toBeGreaterThan(100);
    expect(statusOf(before.events, 'End of the reflection period')).toBe('CONFIRMED');
    expect(statusOf(after.events, 'End of the reflection period')).toBe('CANCELLED');
  });

  it('gives other names to the entries of another case or another day', async () => {
    const namesOf = async (changes: object) => (await asCalendar({ ...cooperates, ...changes })).events.map(({ uid }) => uid);
    const all = [
      await namesOf({}),
      await namesOf({ person: { ...person, nationality: 'NG' } }),
      await namesOf({ startOn: '2027-11-29' }),
      await namesOf({ edition: 'NL-2015-10' }),
    ].flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it('shows mails and notices at their minutes if the caller asks for them', async () => {
    const { body } = await preview(cooperates);
    const { events } = await asCalendar(cooperates, { query: '?mails=true' });
    const timed = events
      .filter(({ startDate }) => !startDate.isDate)
      .map(({ startDate }) => startDate.toJSDate().toISOString().replace('.000Z', 'Z'));
    const sent = body.moments.filter(({ what }: { what: string }) => what !== 'expiry').map(({ at }: { at: string }) => at);
    expect(timed).toEqual(sent);
    expect((await preview({ ...cooperates }, 'caseworker-1', '?mails=perhaps')).body.errors[0].path).toBe('mails');
  });
});

/** The minute in which these tests started. */
const now = Math.floor(Date.now() / 60_000) * 60_000;

let service: Service;
beforeAll(async () => {
  service = await startService({ clock: () => now });
});
afterAll(() => service.stop());

function preview(body: object, who = 'caseworker-1', query = '') {
  return service.as(who).send('POST', `/v1/pathway-previews${query}`, { body });
}

/** The largest allowed preview, which takes seconds. */
const years = {
  startOn: '2027-11-30',
  person: { ...person, ageGroup: 'minor', unaccompanied: true },
  assume: [
    { type: 'reflectionStarted', on: '2027-11-30' },
    ...Array.from({ length: 50 }, (_, day) => ({ type: 'contactMissed', on: dayAfter('2027-12-01', day), by: 'caseworker' })),
  ],
  until: '2032-11-30',
};

function long(who: string) {
  return preview(years, who);
}

/** Starts a long preview. It is sent twice: the refusal of one shows that the other is being made. */
async function beingMade(who: string) {
  const leaving = new AbortController();
  const send = () => service.as(who).send('POST', '/v1/pathway-previews', { body: years, signal: leaving.signal });
  const both = [send(), send()];
  expect((await Promise.race(both)).status).toBe(429);
  return { leave: () => leaving.abort(), made: Promise.allSettled(both) };
}

async function asCalendar(body: object, { language = 'en', query = '' } = {}) {
  const answer = await fetch(`${service.address}/v1/pathway-previews${query}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await service.issuer.token(service.issuer.claimsOf('caseworker-1'))}`,
      'Content-Type': 'application/json',
      Accept: 'text/calendar',
      'Accept-Language': language,
    },
    body: JSON.stringify(body),
  });
  const file = Buffer.from(await answer.arrayBuffer());
  const calendar = new ICAL.Component(ICAL.parse(file.toString()));
  return { answer, file, calendar, events: calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each)) };
}

function onDay(events: readonly ICAL.Event[], day: string): string[] {
  return events.filter(({ startDate }) => startDate.toString() === day).map(({ summary }) => summary);
}

function statusOf(events: readonly ICAL.Event[], of: string) {
  return events.find(({ summary }) => summary === of)?.component.getFirstPropertyValue('status');
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

function moments(body: { moments: { at: string; what: string }[] }, what: string) {
  return body.moments.filter((moment) => moment.what === what);
}
