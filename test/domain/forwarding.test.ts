import { advance } from '../../src/domain/notifications/advance';
import type { Dispatch } from '../../src/domain/notifications/agenda';
import { daysAfter, minuteBefore, type Instant } from '../../src/domain/basics/calendar';
import { openCase, record, type CaseFile } from '../../src/domain/case/caseFile';
import { currentEdition } from '../../src/domain/policy/editions';
import { mayShareALetter, type Letter, type Outcome } from '../../src/domain/state/outbox';
import { Refusal } from '../../src/domain/basics/refusal';
import { aCase } from '../support/aCase';

const mailbox = 'duty-amsterdam@example.org';

describe('mail for a person who cannot be reached', () => {
  it('is tried with that person once a day, even if the deputy cannot be reached either', () => {
    const tries = run({ 'caseworker-1': () => 'caseworker-2', 'caseworker-2': 'failed' }, '2027-11-30T20:00:00Z');
    expect(tries.filter(({ to }) => to === 'caseworker-1')).toHaveLength(1);
    expect(times(tries, 'caseworker-2').slice(0, 3)).toEqual(['2027-11-30T08:00:00Z', '2027-11-30T08:15:00Z', '2027-11-30T08:30:00Z']);
  });

  it('is tried with that person again the next day', () => {
    const tries = run({ 'caseworker-1': () => 'caseworker-2' }, '2027-12-03T00:00:00Z');
    const digests = tries.filter(({ to, kind }) => to === 'caseworker-1' && kind === 'digest');
    expect(digests.map(({ day }) => day)).toEqual([...new Set(digests.map(({ day }) => day))]);
    expect(digests.length).toBeGreaterThan(1);
  });

  it("joins the deputy's digest of the same morning, or the next one if today's has gone out", () => {
    const forwardedTo = (tries: readonly Try[]) =>
      tries.filter(
        ({ kind, to, items }) => kind === 'digest' && to === 'police-1' && items.some(({ responsible: of }) => of === 'caseworker-1'),
      );
    const refused = run({ 'caseworker-1': () => 'police-1' }, '2027-12-02T00:00:00Z');
    expect(forwardedTo(refused).map(({ day }) => day)).toEqual(['2027-11-30']);

    let now = '';
    const refusedLater = run({ 'caseworker-1': () => (now < '2027-11-30T08:15' ? 'failed' : 'police-1') }, '2027-12-02T00:00:00Z', (at) => {
      now = at;
    });
    expect(forwardedTo(refusedLater).map(({ day }) => day)).toEqual(['2027-12-01']);
    const ofTheFirst = refusedLater.filter(({ kind, to, day }) => kind === 'digest' && to === 'caseworker-1' && day === '2027-11-30');
    expect(times(ofTheFirst, 'caseworker-1')).toEqual(['2027-11-30T08:00:00Z', '2027-11-30T08:15:00Z']);
  });

  it.each([
    ['a person with a digest every morning', { 'police-1': 'caseworker-2', 'caseworker-2': 'supervisor-1' }, 'supervisor-1'],
    [
      'a mailbox to which other mail is forwarded too',
      { 'police-1': 'caseworker-2', 'caseworker-2': mailbox, 'care-coordinator-1': mailbox },
      mailbox,
    ],
  ])('arrives at most one day later if it is forwarded twice, to %s', (_, fates, to) => {
    const reached = digestLines(run({}, '2027-12-10T00:00:00Z'), 'police-1', 'police-1');
    expect(reached.length).toBeGreaterThan(10);
    const tries = run(fates, '2027-12-12T00:00:00Z');
    const forwarded = digestLines(tries, to, 'police-1');
    const late = reached.filter(
      ({ day, about }) => !forwarded.some((each) => each.about === about && each.day >= day && each.day <= daysAfter(day, 1)),
    );
    expect(late).toEqual([]);
    const days = tries.filter((each) => each.kind === 'digest' && each.to === to).map(({ day }) => day);
    expect(days).toEqual([...new Set(days)]);
  });

  it('is in the digest of the next morning even if an alarm is forwarded before', () => {
    const fates = { 'caseworker-1': 'caseworker-2', 'caseworker-2': 'police-1' };
    const tries = run(fates, '2027-12-02T00:00:00Z', undefined, inReflection('2027-11-30T07:00:00Z'));
    const alarms = tries.filter(({ kind, to, at }) => kind === 'alarm' && to === 'police-1' && at < '2027-12-01T08:00');
    expect(alarms).not.toEqual([]);
    const forwarded = digestLines(tries, 'police-1', 'caseworker-1');
    expect(new Set(forwarded.map(({ day }) => day))).toEqual(new Set(['2027-12-01']));
  });

  it('goes to nobody who has left the team by that morning', () => {
    const changed = '2027-12-03T13:00';
    const given = aCase({
      registered: '2027-11-30T09:00',
      post: ({ to }, at) => {
        if (to === 'police-1') return { outcome: 'refused', next: 'caseworker-2' };
        if (to === 'caseworker-2') return { outcome: 'refused', next: at < changed ? 'supervisor-1' : 'supervisor-2' };
        return { outcome: 'delivered' };
      },
    })
      .startedReflection('2027-11-30T09:00')
      .until('2027-12-03T12:00');
    expect(given.file.outbox.substitutes['police-1']).toEqual({ to: 'supervisor-1', joinsDigestOn: '2027-12-04' });
    given.told('supervisor', changed, 'teamChanged', { role: 'supervisor', staffId: 'supervisor-2' }).until('2027-12-20');
    expect(given.mails.filter(({ to, at }) => to === 'supervisor-1' && at > changed)).toEqual([]);
  });

  it('goes to nobody else once that person can be reached again', () => {
    let now = '';
    const tries = run({ 'caseworker-1': () => (now < '2027-12-02' ? 'police-1' : 'delivered') }, '2028-01-15T00:00:00Z', (at) => {
      now = at;
    });
    const forwarded = tries.filter(({ to, items }) => to === 'police-1' && items.some(({ responsible: of }) => of === 'caseworker-1'));
    expect(forwarded.every(({ at }) => at < '2027-12-02')).toBe(true);
    expect(times(tries, 'caseworker-1').some((at) => at > '2027-12-02')).toBe(true);
  });

  it('is one digest if the mail of two people is forwarded to one mailbox', () => {
    const tries = run({ 'caseworker-1': () => mailbox, 'care-coordinator-1': () => mailbox }, '2027-11-30T20:00:00Z');
    const atTheMailbox = tries.filter(({ to }) => to === mailbox);
    expect(atTheMailbox).toHaveLength(1);
    expect(new Set(atTheMailbox[0]?.items.map(({ responsible: of }) => of))).toEqual(new Set(['caseworker-1', 'care-coordinator-1']));
  });

  it('loses no alarm, and causes no endless tries, if alarms of two people go to an unreachable mailbox', () => {
    let down = true;
    const tries = run(
      { 'caseworker-1': () => mailbox, 'care-coordinator-1': () => mailbox, [mailbox]: () => (down ? 'failed' : 'delivered') },
      '2027-12-01T12:00:00Z',
      (now) => {
        down = now < '2027-12-01T10:00:00Z';
      },
    );
    const alarms = tries.filter(({ kind }) => kind === 'alarm');
    expect(alarms.filter(({ to }) => to === 'caseworker-1')).toHaveLength(1);
    expect(alarms.filter(({ to }) => to === 'care-coordinator-1')).toHaveLength(1);
    const readers = alarms
      .filter(({ to, outcome }) => to === mailbox && outcome === 'delivered')
      .flatMap(({ items }) => items.map(({ responsible: of }) => of));
    expect(new Set(readers)).toEqual(new Set(['caseworker-1', 'care-coordinator-1']));
  });

  it('causes no endless tries if every item is an alarm', () => {
    const tries = run({ 'caseworker-1': () => mailbox, [mailbox]: 'failed' }, '2027-12-01T12:00:00Z', undefined, atIntake());
    const alarms = tries.filter(({ kind, items }) => kind === 'alarm' && items.some(({ responsible: of }) => of === 'caseworker-1'));
    expect(times(alarms, 'caseworker-1')).toHaveLength(1);
    expect(times(alarms, mailbox).slice(0, 2)).toEqual(['2027-12-01T08:00:00Z', '2027-12-01T08:15:00Z']);
  });

  it('contains no alarm that its reader already has', () => {
    const tries = run({ 'caseworker-1': () => 'supervisor-1' }, '2027-12-01T12:00:00Z');
    expect(tries.filter(({ kind, to }) => kind === 'alarm' && to === 'caseworker-1')).toHaveLength(1);
    expect(tries.filter(({ kind, to }) => kind === 'alarm' && to === 'supervisor-1')).toHaveLength(1);
  });
});

/** The outcome of tries by addressee: `delivered`, `failed`, or the next recipient. */
type Fates = Readonly<Record<string, string | (() => string)>>;
interface Try extends Letter {
  readonly at: Instant;
  readonly outcome: string;
}

/** The tries of a case from its intake on, without any fact. A case that tries for ever fails the test. */
function run(fates: Fates, until: Instant, before: (now: Instant) => void = () => undefined, opened = inReflection()): Try[] {
  const tries: Try[] = [];
  const answer = ({ letters }: Dispatch, at: Instant): Outcome[] => {
    before(at);
    const answered = letters.map((letter) => ({ letter, answer: answerTo(letter, letters, fates) }));
    const tried = answered.filter(({ answer: { outcome } }) => outcome !== 'deferred');
    tries.push(...tried.map(({ letter, answer: { outcome } }) => ({ ...letter, at, outcome })));
    expect(tries.length).toBeLessThan(500);
    return answered.map(({ answer: outcome }) => outcome);
  };
  const { registeredAt } = opened.start;
  expect(Array.from(advance(opened, { from: registeredAt, until: minuteBefore(until) }, answer)).length).toBeLessThan(5_000);
  return tries;
}

/** Answers like the activity: a letter is deferred if another of the same wake is forwarded to its addressee. */
function answerTo(letter: Letter, all: readonly Letter[], fates: Fates): Outcome {
  const answer = outcomeOf(letter, fates);
  const refusals = all.map((each) => ({ each, outcome: outcomeOf(each, fates) }));
  const isDeferred = refusals.some(
    ({ each, outcome }) => outcome.outcome === 'refused' && outcome.next === letter.to && mayShareALetter(each, letter),
  );
  return isDeferred && answer.outcome !== 'refused' ? { id: letter.id, outcome: 'deferred' } : answer;
}

function outcomeOf({ id, to }: Letter, fates: Fates): Outcome {
  const fate = fates[to] ?? 'delivered';
  const said = typeof fate === 'function' ? fate() : fate;
  if (said === 'delivered' || said === 'failed') return { id, outcome: said };
  return { id, outcome: 'refused', next: said };
}

function times(tries: readonly Try[], to: string): Instant[] {
  return tries.filter((each) => each.to === to).map(({ at }) => at);
}

/** A person's items in the digests to a reader. */
function digestLines(tries: readonly Try[], to: string, responsible: string) {
  return tries
    .filter((each) => each.kind === 'digest' && each.to === to)
    .flatMap(({ day, items }) => items.filter((item) => item.responsible === responsible).map(({ about }) => ({ day, about })));
}

/** A case whose caseworker has tasks of hours only, which raise alarms. */
function atIntake(registeredAt: Instant = '2027-11-30T08:00:00Z'): CaseFile {
  return openCase({
    reference: 'BT-7K3M-9QX2-4HTW-8',
    registeredAt,
    registeredBy: 'police-1',
    office: 'amsterdam',
    indication: { observedOn: '2027-11-30', by: 'police' },
    person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'HU' },
    team: { caseworker: 'caseworker-1', careCoordinator: 'care-coordinator-1', police: 'police-1', supervisor: 'supervisor-1' },
    prosecutors: [],
    edition: currentEdition,
  });
}

/** A case whose caseworker has tasks of days as well. */
function inReflection(registeredAt?: Instant): CaseFile {
  const opened = atIntake(registeredAt);
  const { registeredAt: receivedAt } = opened.start;
  const by = { id: 'police-1', roles: ['police' as const], office: 'amsterdam' };
  const file = record(opened, { fact: { type: 'reflectionStarted', on: '2027-11-30' }, by, receivedAt });
  if (file instanceof Refusal) throw new Error(file.code);
  return file;
}
