import { dispatchAt } from '../../src/domain/notifications/agenda';
import { refold } from '../../src/domain/case/caseFile';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import { pathwayView } from '../../src/domain/views/pathway';
import {
  aCase,
  callerOf,
  dutyMailboxAddress,
  instantOfWhen,
  type CaseOnTheClock,
  type PartnersServer,
  type PostOffice,
} from '../support/aCase';

const failing: PartnersServer = () => ({ outcome: 'failed' });
const refusing: PartnersServer = () => ({ outcome: 'refused', next: null });
const givesNoAnswer: PartnersServer = () => ({ outcome: 'perhaps' });
const failingUntil =
  (mended: string): PartnersServer =>
  (_, at) => ({ outcome: at < mended ? 'failed' : 'delivered' });

/** The notice of cooperation to IND is of noon on the fourth. */
const cooperating = (partners: PartnersServer) => aCase({ partners }).startedReflection('2027-09-01T11:00').cooperated('2027-09-04T12:00');
/** The referral to IOM is of noon on the third. */
const referred = (partners: PartnersServer) =>
  aCase({ partners })
    .startedReflection('2027-09-01T11:00')
    .told('caseworker', '2027-09-03T12:00', 'returnRequested', {})
    .told('caseworker', '2027-09-03T12:00', 'consentGiven', { purpose: 'returnDataExchange' });
const undelivered = (given: CaseOnTheClock) => pathwayView(given.file, given.now, callerOf('caseworker'), 'en').undelivered;
const undeliveredAt = (given: CaseOnTheClock, when: string) => undelivered(given.until(when));
const overdue = (days: readonly string[]) => days.map((day) => `2027-${day}T09:00 caseworker-1 overdue`);

describe('a notice that does not arrive', () => {
  it.each<[string, PartnersServer]>([
    ['tried in vain', failing],
    ['refused for good', refusing],
    ['perhaps taken, without an answer', givesNoAnswer],
  ])('%s, is an item of the caseworker on days 1, 7, 14 and so on', (_, partners) => {
    expect(cooperating(partners).until('2027-10-04').mailsAbout('m55-cooperation')).toEqual(
      overdue(['09-05', '09-11', '09-18', '09-25', '10-02']),
    );
  });

  it('is an item until it arrives, and no item if it arrives on the same day', () => {
    expect(cooperating(failingUntil('2027-09-12T13:00')).until('2027-10-04').mailsAbout('m55-cooperation')).toEqual(
      overdue(['09-05', '09-11']),
    );
    expect(cooperating(failingUntil('2027-09-04T23:00')).until('2027-10-04').mailsAbout('m55-cooperation')).toEqual([]);
  });

  it('leaves a waiting digest once it has arrived', () => {
    const post: PostOffice = (_, at) => ({ outcome: at.startsWith('2027-09-05') && at < '2027-09-05T14:00' ? 'failed' : 'delivered' });
    const given = aCase({ partners: failingUntil('2027-09-05T12:00'), post });
    given.startedReflection('2027-09-01T11:00').cooperated('2027-09-04T12:00').until('2027-09-06');
    expect(given.mails.some(({ at }) => at === '2027-09-05T14:00')).toBe(true);
    expect(given.mailsAbout('m55-cooperation')).toEqual([]);
  });

  it('shows its partner in `undelivered` after a day, and only until it arrives', () => {
    const given = cooperating(failingUntil('2027-09-05T15:00'));
    expect(undeliveredAt(given, '2027-09-05T08:59')).toEqual([]);
    expect(undeliveredAt(given, '2027-09-05T09:00')).toEqual(['ind']);
    expect(undeliveredAt(given, '2027-09-05T14:59')).toEqual(['ind']);
    expect(undeliveredAt(given, '2027-09-05T15:00')).toEqual([]);
  });

  it('that first failed before nine is in `undelivered` a day later', () => {
    const given = aCase({ partners: failing }).startedReflection('2027-09-01T11:00').cooperated('2027-09-04T07:00');
    expect(undeliveredAt(given, '2027-09-05T06:59')).toEqual([]);
    expect(undeliveredAt(given, '2027-09-05T07:00')).toEqual(['ind']);
  });

  it('is in `undelivered` also while it is being tried', () => {
    const given = cooperating(failing).until('2027-09-06T10:20');
    const { file } = dispatchAt(given.file, instantOfWhen('2027-09-06T10:30'));
    expect(Object.values(file.outbox.notices)).toMatchObject([{ state: 'underway' }]);
    expect(pathwayView(file, instantOfWhen('2027-09-06T10:30'), callerOf('caseworker'), 'en').undelivered).toEqual(['ind']);
  });

  it('refused for good or without an answer is in `undelivered` at once', () => {
    expect(undeliveredAt(cooperating(refusing), '2027-09-04T12:01')).toEqual(['ind']);
    expect(undeliveredAt(cooperating(givesNoAnswer), '2027-09-04T12:01')).toEqual(['ind']);
  });

  it('is an item for the duty mailbox if the case has no caseworker', () => {
    const team = { caseworker: undefined } as never;
    const given = aCase({ partners: failing, team }).startedReflection('2027-09-01T11:00').cooperated('2027-09-04T12:00');
    expect(given.until('2027-09-06').mailsAbout('m55-cooperation')).toEqual([`2027-09-05T09:00 ${dutyMailboxAddress} overdue`]);
  });

  it('is not mailed again after the case continues in a new run', () => {
    const given = cooperating(failing).until('2027-09-08');
    const { start, entries } = given.file;
    given.file = refold(start, entries, { outbox: forNextRun(given.file, given.now) });
    expect(given.until('2027-09-12').mailsAbout('m55-cooperation')).toEqual(overdue(['09-05', '09-11']));
  });

  it('is the upcoming action if nothing else is', () => {
    const given = cooperating(refusing).didEverything('2027-09-04T13:00').until('2027-09-04T14:00');
    expect(pathwayView(given.file, given.now, callerOf('caseworker'), 'en').next).toMatchObject([
      {
        at: instantOfWhen('2027-09-05T09:00'),
        what: 'reminder',
        about: ['m55-cooperation', 'found', 'reflection', 'cooperation'],
        to: 'caseworker',
      },
    ]);
  });

  it('is no item any more once a correction has taken it back', () => {
    const given = cooperating(failing).corrects('supervisor', '2027-09-06T12:00', 'fact-2');
    expect(given.until('2027-09-20').mailsAbout('m55-cooperation')).toEqual(overdue(['09-05']));
    expect(undelivered(given)).toEqual([]);
  });
});

describe('two notices that do not arrive', () => {
  it('of one kind are one item, on the days of each', () => {
    const given = cooperating(failing).told('police', '2027-09-10T12:00', 'cooperated', { form: 'witness' }).until('2027-09-19');
    expect(given.mailsAbout('m55-cooperation')).toEqual(overdue(['09-05', '09-11', '09-17', '09-18']));
  });

  it('of one kind and day to two partners are one item, and both partners are not reached', () => {
    const given = referred((_, at) => ({ outcome: at < '2027-09-10' ? 'delivered' : 'failed' }))
      .told('dtv', '2027-09-04T12:00', 'removalSuspended', {})
      .cooperated('2027-09-11T12:00')
      .until('2027-09-13');
    expect(given.mailsAbout('return-stopped')).toEqual(overdue(['09-12']));
    expect(undelivered(given)).toEqual(['ind', 'iom', 'dtv']);
  });
});

describe('a referral to IOM', () => {
  it('that does not arrive is an item on days 1, 7, 14, and nobody waits for an answer of IOM', () => {
    expect(referred(failing).until('2027-09-26').mailsAbout('return-referral')).toEqual(overdue(['09-04', '09-10', '09-17', '09-24']));
  });

  it('that arrives late causes reminders from then on, on its original days', () => {
    expect(referred(failingUntil('2027-09-06T12:00')).until('2027-09-18').mailsAbout('return-referral')).toEqual(
      overdue(['09-04', '09-10', '09-17']),
    );
  });

  it('is no item any more once IOM has answered, by whatever way it heard', () => {
    const given = referred(failing).told('iom', '2027-09-06T12:00', 'riskAssessed', { outcome: 'acceptable' }).until('2027-09-26');
    expect(given.mailsAbout('return-referral')).toEqual(overdue(['09-04']));
    expect(undelivered(given)).toEqual(['iom']);
  });

  it('that was recalled needs no answer', () => {
    const given = referred(({ kind }) => ({ outcome: kind === 'return-referral' ? 'failed' : 'delivered' }));
    given.told('caseworker', '2027-09-06T12:00', 'consentWithdrawn', { purpose: 'returnDataExchange' }).until('2027-09-26');
    expect(given.mailsAbout('return-referral')).toEqual(overdue(['09-04']));
    expect(undelivered(given)).toEqual([]);
  });
});

describe('in a closed case', () => {
  const closed = (partners: PartnersServer) =>
    referred(partners)
      .declined('2027-09-04')
      .took('2027-09-05', 'return')
      .didEverything('2027-09-06T11:00')
      .told('supervisor', '2027-09-06T12:00', 'closed', { result: 'assisted' });
  const stopped =
    (answer: PartnersServer): PartnersServer =>
    (notice, at) =>
      notice.kind === 'return-stopped' ? answer(notice, at) : { outcome: 'delivered' };

  it('a notice that is still tried is an item until it arrives', () => {
    const given = closed(stopped(failingUntil('2027-09-15T12:00')));
    expect(given.until('2027-10-01').mailsAbout('return-stopped')).toEqual(overdue(['09-07', '09-13']));
  });

  it('a notice that cannot arrive any more is mailed once', () => {
    expect(closed(stopped(refusing)).until('2027-10-01').mailsAbout('return-stopped')).toEqual(overdue(['09-07']));
  });
});

describe('the service retries a notice', () => {
  const tries = (given: CaseOnTheClock, until: string) =>
    given.until(until).notices.flatMap(({ at, notice }) => (notice === 'm55-cooperation' ? [at] : []));

  it('every quarter of an hour while it is not accepted', () => {
    expect(tries(cooperating(failing), '2027-09-04T12:35')).toEqual(['2027-09-04T12:00', '2027-09-04T12:15', '2027-09-04T12:30']);
  });

  it('after the wait that the receiver asked for, and never sooner than a quarter of an hour', () => {
    const asking = (minutes: number) => cooperating(() => ({ outcome: 'failed', askedToWait: `PT${minutes}M` }));
    expect(tries(asking(60), '2027-09-04T14:10')).toEqual(['2027-09-04T12:00', '2027-09-04T13:00', '2027-09-04T14:00']);
    expect(tries(asking(2), '2027-09-04T12:20')).toEqual(['2027-09-04T12:00', '2027-09-04T12:15']);
  });

  it('after four hours if no answer came, and not a fourth time', () => {
    expect(tries(cooperating(givesNoAnswer), '2027-09-20')).toEqual(['2027-09-04T12:00', '2027-09-04T16:00', '2027-09-04T20:00']);
  });

  it('never if it was refused for good', () => {
    expect(tries(cooperating(refusing), '2027-09-20')).toEqual(['2027-09-04T12:00']);
  });
});

describe('a person to whom no letter can be delivered', () => {
  const downFor =
    (who: string, from: string, until: string): PostOffice =>
    ({ to }, at) => ({
      outcome: to === who && at >= from && at < until ? 'failed' : 'delivered',
    });

  it('is in `undelivered` after a day of tries, until a letter arrives', () => {
    const given = aCase({ post: downFor('caseworker-1', '2027-09-02T09:00', '2027-09-04T15:00') });
    expect(undeliveredAt(given, '2027-09-03T08:59')).toEqual([]);
    expect(undeliveredAt(given, '2027-09-03T09:00')).toEqual(['caseworker-1']);
    expect(undeliveredAt(given, '2027-09-04T14:59')).toEqual(['caseworker-1']);
    expect(undeliveredAt(given, '2027-09-04T15:00')).toEqual([]);
  });

  it('stays in `undelivered` in the next run of the case', () => {
    const given = aCase({ post: downFor('caseworker-1', '2027-09-02T09:00', '2027-09-04T15:00') }).until('2027-09-02T20:00');
    const { start, entries } = given.file;
    given.file = refold(start, entries, { outbox: forNextRun(given.file, given.now) });
    expect(undeliveredAt(given, '2027-09-03T10:00')).toEqual(['caseworker-1']);
  });

  it('is not in `undelivered` if two letters failed briefly, weeks apart', () => {
    const instants = ['2027-09-02T09:00', '2027-09-28T09:00'];
    const given = aCase({ post: ({ to }, at) => ({ outcome: to === 'caseworker-1' && instants.includes(at) ? 'failed' : 'delivered' }) });
    given
      .didEverything('2027-09-02T09:05')
      .told('supervisor', '2027-09-27', 'taskAdded', { kind: 'social', due: '2027-09-28', owner: 'caseworker' });
    expect(undeliveredAt(given, '2027-09-28T09:01')).toEqual([]);
  });
});
