import { dispatchAt, nextDueAt } from '../../src/domain/notifications/agenda';
import { afterDelivery } from '../../src/domain/notifications/delivery';
import { pathwayView } from '../../src/domain/views/pathway';
import { aCase, callerOf, dutyMailboxAddress, instantOfWhen, type CaseOnTheClock, type PostOffice } from '../support/aCase';

const down =
  (from: string, until: string): PostOffice =>
  (_, at) => ({ outcome: at >= from && at < until ? 'failed' : 'delivered' });
const without =
  (person: string, next: string | null): PostOffice =>
  ({ to }) =>
    to === person ? { outcome: 'refused', next } : { outcome: 'delivered' };
const opened = (post: PostOffice, registered = '2027-09-01T09:00') => aCase({ registered, post });
const inReflection = (post: PostOffice) => opened(post).startedReflection('2027-09-01T11:00');

describe('while the mail server is down', () => {
  it('a digest is retried every quarter of an hour until it arrives', () => {
    const tries: string[] = [];
    const post: PostOffice = ({ to, kind }, at) => {
      if (to === 'police-1' && kind === 'digest') tries.push(at);
      return { outcome: at < '2027-09-01T10:10' ? 'failed' : 'delivered' };
    };
    const given = opened(post).until('2027-09-01T12:00');
    expect(tries.map((at) => at.slice(11))).toEqual(['09:00', '09:15', '09:30', '09:45', '10:00', '10:15']);
    expect(given.mails.map(({ at }) => at)).toEqual(Array(3).fill('2027-09-01T10:15'));
  });

  it('a digest is tried for the last time at a quarter to nine of the next day', () => {
    const tries: string[] = [];
    const post: PostOffice = ({ to, id }, at) => {
      if (to === 'police-1' && id.startsWith('digest/2027-09-01/')) tries.push(at);
      return { outcome: 'failed' };
    };
    opened(post).until('2027-09-03');
    expect(tries.at(-1)).toBe('2027-09-02T08:45');
  });

  it('open items of a digest join the next one at their latest steps: one digest, never a burst', () => {
    // No mail arrives from Monday to Wednesday noon.
    const given = inReflection(down('2027-09-02T00:00', '2027-09-04T12:00')).until('2027-09-05T08:00');
    const late = given.mails.filter(({ at, to, class: of }) => at > '2027-09-02T00:00' && to === 'care-coordinator-1' && of !== 'alarm');
    expect(late.map(({ at }) => at)).toEqual(['2027-09-04T12:00']);
    expect(late[0]?.items).toContain('safety-plan due');
    expect(late[0]?.items).toContain('rvb-application planned');
    expect(late[0]?.items.filter((item) => item.startsWith('safety-plan'))).toHaveLength(1);
  });

  it('a digest drops items that are done meanwhile, and an empty digest is not sent', () => {
    const given = inReflection(down('2027-09-01T10:00', '2027-09-02T12:00'));
    given.didEverything('2027-09-02T11:00').until('2027-09-03T23:00');
    expect(given.mails.filter(({ at }) => at > '2027-09-01T10:00')).toEqual([]);
  });

  it('a digest that arrives after midnight counts for that day, and the rest waits for the next morning', () => {
    const given = opened(down('2027-09-01T09:00', '2027-09-02T01:00')).until('2027-09-03T10:00');
    const police = given.mails.filter(({ to, class: of }) => to === 'police-1' && of !== 'alarm');
    expect(police.map(({ at }) => at)).toEqual(['2027-09-02T01:00', '2027-09-03T09:00']);
    expect(police[0]?.items).toContain('comensha-registration planned');
    // The task is due on the 2nd, and no mail arrived that morning. So the next mail has the latest step.
    expect(police[1]?.items).toContain('comensha-registration overdue');
  });

  it('an undelivered warning joins the next digest, unless its deadline was met meanwhile', () => {
    // The period ends on 1 December. All recipients get a warning a week before.
    const away = () => inReflection(down('2027-11-24T08:00', '2027-11-25T08:50')).until('2027-11-24T12:00');
    expect(away().until('2027-11-25T10:00').mailsAbout('reflection-period', 'supervisor-1')).toEqual([
      '2027-11-25T09:00 supervisor-1 warning',
    ]);
    expect(away().declined('2027-11-24T15:00').until('2027-11-25T10:00').mailsAbout('reflection-period', 'supervisor-1')).toEqual([]);
  });

  it('a digest drops obsolete items: nobody hears of the silent end once a route was decided', () => {
    const given = inReflection(down('2027-12-05T08:00', '2027-12-05T12:00')).proposed('2027-12-04T10:00', 'assistance');
    given.told('supervisor', '2027-12-05T10:00', 'routeDecided', { route: 'assistance', grounds: ['other'] }).until('2027-12-06T08:00');
    expect(given.mailsAbout('reflection-period').at(-1)).toBe('2027-12-04T09:00 supervisor-1 expired');
  });

  it('a digest drops items that its reader gets by alarm, whether that alarm is pending or delivered', () => {
    const about = (post: PostOffice) =>
      opened(post, '2027-09-01T10:07').until('2027-09-02T13:00').mailsAbout('interpreter', 'caseworker-1').slice(1);
    // The task is due at seven past ten. The digest of nine is tried each quarter of an hour.
    expect(about(down('2027-09-02T08:00', '2027-09-02T12:00'))).toEqual(['2027-09-02T12:07 caseworker-1 alarm']);
    expect(about(down('2027-09-02T08:00', '2027-09-02T10:05'))).toEqual(['2027-09-02T10:07 caseworker-1 alarm']);
    expect(about(() => ({ outcome: 'delivered' }))).toEqual(['2027-09-02T09:00 caseworker-1 due', '2027-09-02T10:07 caseworker-1 alarm']);
  });

  it('a digest keeps an item whose alarm went to the deputy, and not to its own reader', () => {
    // The caseworker's mailbox fails until half past ten. The alarm of seven past ten is refused and forwarded to the deputy.
    const post: PostOffice = ({ to, kind }, at) => {
      if (to !== 'caseworker-1' || at < '2027-09-02T08:00' || at >= '2027-09-02T10:30') return { outcome: 'delivered' };
      return kind === 'alarm' ? { outcome: 'refused', next: 'caseworker-2' } : { outcome: 'failed' };
    };
    const given = opened(post, '2027-09-01T10:07').startedReflection('2027-09-01T11:00').until('2027-09-03T10:00');
    expect(given.mailsAbout('lawyer-offered', 'caseworker-1')[0]).toMatch(/planned$/);
  });

  it('the digest of a person who can be reached arrives, even if their deputy cannot be reached', () => {
    const post: PostOffice = ({ to }, at) => {
      if (to === 'caseworker-1' && at >= '2027-09-02T08:00' && at < '2027-09-02T12:00') return { outcome: 'refused', next: 'caseworker-2' };
      return { outcome: to === 'caseworker-2' ? 'failed' : 'delivered' };
    };
    const given = inReflection(post).until('2027-09-10T10:00');
    expect(
      given
        .mailsAbout('interpreter', 'caseworker-1')
        .slice(1)
        .map((mail) => mail.slice(5, 16)),
    ).toEqual(['09-03T09:00', '09-05T09:00', '09-09T09:00']);
  });

  it('a digest drops items that have another date now, and items of a role that its reader has left', () => {
    const moved = aCase({ observedOn: '2027-08-20', post: down('2027-11-24T08:00', '2027-11-24T12:00') })
      .startedReflection('2027-09-01T11:00', '2027-09-01')
      .until('2027-11-24T09:30');
    moved.corrects('supervisor', '2027-11-24T10:00', 'fact-1', { type: 'reflectionStarted', on: '2027-08-31' }).until('2027-11-24T13:00');
    expect(moved.mailsAbout('reflection-period').filter((mail) => mail > '2027-11-24')).toEqual([]);

    const team = { caseworker: 'caseworker-1', careCoordinator: 'allround-1', police: 'police-1', supervisor: 'allround-1' };
    const both = aCase({ team, post: down('2027-09-11T08:00', '2027-09-11T12:00') })
      .startedReflection('2027-09-01T11:00')
      .until('2027-09-11T09:30');
    both.told('supervisor', '2027-09-11T10:00', 'teamChanged', { role: 'supervisor', staffId: 'supervisor-2' }).until('2027-09-11T13:00');
    expect(both.mailsAbout('safety-plan', 'allround-1').filter((mail) => mail.endsWith('escalated'))).toEqual([]);
  });

  it('the first digest after the three months says that they are over, not that they are ending', () => {
    const given = inReflection(down('2027-11-30T08:00', '2027-12-02T08:50')).until('2027-12-02T10:00');
    expect(given.mailsAbout('reflection-period', 'caseworker-1').slice(-2)).toEqual([
      '2027-11-28T09:00 caseworker-1 warning',
      '2027-12-02T09:00 caseworker-1 expired',
    ]);
  });

  it('a digest drops an item that a pending alarm contains', () => {
    const given = opened(({ kind }, at) => ({ outcome: kind === 'alarm' && at < '2027-09-03T12:00' ? 'failed' : 'delivered' }));
    given.until('2027-09-06');
    // The task is due on the 2nd. The step overdue comes on the third morning after it, and no longer on the first.
    expect(given.mailsAbout('interpreter', 'caseworker-1')).toEqual([
      '2027-09-01T09:00 caseworker-1 planned',
      '2027-09-03T12:00 caseworker-1 alarm',
      '2027-09-05T09:00 caseworker-1 overdue',
    ]);
  });

  it('an alarm is retried until it arrives, also after the next digest', () => {
    const given = opened(down('2027-09-02T00:00', '2027-09-04T10:00')).until('2027-09-04T12:00');
    expect(given.mailsAbout('interpreter', 'caseworker-1')).toEqual([
      '2027-09-01T09:00 caseworker-1 planned',
      '2027-09-04T10:00 caseworker-1 alarm',
    ]);
  });

  it('an alarm is dropped when its task is done', () => {
    const given = opened(down('2027-09-02T00:00', '2027-09-04T10:00')).completed('2027-09-03T12:00', 'interpreter').until('2027-09-05');
    expect(given.mailsAbout('interpreter')).toEqual(['2027-09-01T09:00 caseworker-1 planned']);
  });

  it('an alarm goes to the deputy too after an hour, not before, and only once', () => {
    const post: PostOffice = ({ to }, at) =>
      to === 'caseworker-1' && at >= '2027-09-02T00:00' ? { outcome: 'failed', deputy: 'caseworker-2' } : { outcome: 'delivered' };
    const given = opened(post).until('2027-09-04T12:00');
    expect(given.mails.filter(({ to }) => to === 'caseworker-2').map(({ at, class: of }) => `${at} ${of}`)).toEqual([
      '2027-09-02T10:00 alarm',
    ]);
  });

  it('an alarm goes to nobody else if it arrives within the hour', () => {
    const post: PostOffice = ({ to }, at) =>
      to === 'caseworker-1' && at >= '2027-09-02T00:00' && at < '2027-09-02T09:40'
        ? { outcome: 'failed', deputy: 'caseworker-2' }
        : { outcome: 'delivered' };
    expect(
      opened(post)
        .until('2027-09-04T12:00')
        .mails.filter(({ to }) => to === 'caseworker-2'),
    ).toEqual([]);
  });

  it('the first mail about an urgent task is retried like a digest, then joins the digest at its latest step', () => {
    const given = inReflection(down('2027-09-03T09:10', '2027-09-04T08:50')).told('caseworker', '2027-09-03T12:00', 'contactMissed', {});
    expect(given.until('2027-09-04T10:00').mailsAbout('establish-contact', 'police-1')).toEqual(['2027-09-04T09:00 police-1 overdue']);
  });

  it('a failure for one addressee does not affect the others', () => {
    const post: PostOffice = ({ to }) => ({ outcome: to === 'police-1' ? 'failed' : 'delivered' });
    expect(
      opened(post)
        .until('2027-09-01T12:00')
        .mails.map(({ to }) => to),
    ).toEqual(['caseworker-1', 'care-coordinator-1']);
  });

  it('a retried letter keeps its name, and no two letters have the same name', () => {
    const names = inReflection(down('2027-09-02T00:00', '2027-09-03T12:00'))
      .until('2027-09-20')
      .mails.map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
    const seen = new Set<string>();
    opened(({ id, to }) => (to === 'police-1' ? (seen.add(id), { outcome: 'failed' }) : { outcome: 'delivered' })).until(
      '2027-09-01T12:00',
    );
    expect([...seen]).toEqual(['digest/2027-09-01/police-1']);
  });
});

describe('a person whose mail is refused for good', () => {
  it('has a deputy as substitute, who gets one digest a day', () => {
    const given = inReflection(without('caseworker-1', 'caseworker-2')).until('2027-09-05');
    expect(days(given, 'caseworker-2')).toEqual(['09-01', '09-02', '09-03', '09-04', '09-05']);
    expect(given.mailsAbout('lawyer-offered', 'caseworker-2')).toEqual([
      '2027-09-02T09:00 caseworker-2 planned',
      '2027-09-03T09:00 caseworker-2 soon',
      '2027-09-04T09:00 caseworker-2 due',
      '2027-09-05T09:00 caseworker-2 overdue',
    ]);
  });

  it("leaves their items to the supervisor's own digest if only the supervisor is left", () => {
    const given = inReflection(without('caseworker-1', 'supervisor-1')).until('2027-09-12');
    const digests = given.mails.filter(({ to, class: of }) => to === 'supervisor-1' && of !== 'alarm');
    const perDay = new Map(
      digests.map(({ at }) => [at.slice(0, 10), digests.filter((mail) => mail.at.startsWith(at.slice(0, 10))).length]),
    );
    expect([...perDay.values()].every((count) => count === 1)).toBe(true);
    expect(given.mailsAbout('lawyer-offered', 'supervisor-1')).toContain('2027-09-03T09:00 supervisor-1 soon');
  });

  it('makes an alarm go once to the substitute', () => {
    const given = opened(without('caseworker-1', 'supervisor-1')).until('2027-09-02T23:00');
    expect(given.mailsAbout('interpreter', 'supervisor-1').filter((mail) => mail.endsWith('alarm'))).toEqual([
      '2027-09-02T09:00 supervisor-1 alarm',
    ]);
  });

  it('is shown as not reached until a mail arrives again', () => {
    const given = opened(({ to }, at) =>
      to === 'caseworker-1' && at < '2027-09-03' ? { outcome: 'refused', next: 'caseworker-2' } : { outcome: 'delivered' },
    );
    expect(Object.keys(given.until('2027-09-02T12:00').file.outbox.substitutes)).toEqual(['caseworker-1']);
    expect(Object.keys(given.until('2027-09-03T12:00').file.outbox.substitutes)).toEqual([]);
  });

  it('after midnight has the late digest forwarded to the substitute, who gets no other that morning', () => {
    const given = opened(({ to }, at) => {
      if (to !== 'caseworker-1') return { outcome: 'delivered' };
      return at < '2027-09-02T00:30' ? { outcome: 'failed' } : { outcome: 'refused', next: 'caseworker-2' };
    });
    const toTheStandIn = given.until('2027-09-03T12:00').mails.filter(({ to, class: of }) => to === 'caseworker-2' && of !== 'alarm');
    expect(toTheStandIn.map(({ at }) => at)).toEqual(['2027-09-02T00:30', '2027-09-03T09:00']);
  });

  it('without any other recipient is tried again, since somebody may correct the address', () => {
    const given = opened(({ to }, at) =>
      to === 'police-1' && at < '2027-09-01T11:00' ? { outcome: 'refused', next: null } : { outcome: 'delivered' },
    );
    expect(
      given
        .until('2027-09-01T12:00')
        .mails.filter(({ to }) => to === 'police-1')
        .map(({ at }) => at),
    ).toEqual(['2027-09-01T11:00']);
  });
});

describe('mail for a role that nobody has', () => {
  const forALawyer = (due: '2027-09-03' | '2027-09-06') =>
    inReflection(() => ({ outcome: 'delivered' })).told('caseworker', '2027-09-03T12:00', 'taskAdded', {
      kind: 'legal',
      due,
      owner: 'lawyer',
    });

  it("is forwarded to the duty mailbox, and only the supervisor's own items to the supervisor", () => {
    expect(forALawyer('2027-09-06').until('2027-09-14').mailsAbout('added-1')).toEqual([
      `2027-09-04T09:00 ${dutyMailboxAddress} planned`,
      `2027-09-05T09:00 ${dutyMailboxAddress} soon`,
      `2027-09-06T09:00 ${dutyMailboxAddress} due`,
      `2027-09-07T09:00 ${dutyMailboxAddress} overdue`,
      `2027-09-09T09:00 ${dutyMailboxAddress} overdue`,
      '2027-09-13T09:00 supervisor-1 escalated',
      `2027-09-13T09:00 ${dutyMailboxAddress} overdue`,
    ]);
  });

  it('is forwarded to the duty mailbox at once if it is due that day', () => {
    expect(forALawyer('2027-09-03').until('2027-09-03T13:00').mailsAbout('added-1')).toEqual([
      `2027-09-03T12:00 ${dutyMailboxAddress} planned`,
    ]);
  });

  it('is one digest a day to the duty mailbox, and waits like others while the mail server is down', () => {
    const given = inReflection(down('2027-09-04T00:00', '2027-09-05T12:00'))
      .told('caseworker', '2027-09-03T12:00', 'taskAdded', { kind: 'legal', due: '2027-09-06', owner: 'lawyer' })
      .told('caseworker', '2027-09-03T12:00', 'taskAdded', { kind: 'return', due: '2027-09-06', owner: 'returnCounsellor' })
      .until('2027-09-06T10:00');
    expect(given.mails.filter(({ to }) => to === dutyMailboxAddress).map(({ at, items }) => `${at} ${items.join(', ')}`)).toEqual([
      '2027-09-05T12:00 added-1 soon, added-2 soon',
      '2027-09-06T09:00 added-1 due, added-2 due',
    ]);
  });

  it('is shown as undelivered until somebody takes the role and gets it in their next digest', () => {
    const given = forALawyer('2027-09-06').until('2027-09-08');
    const shown = () => pathwayView(given.file, given.now, callerOf('caseworker'), 'en').undelivered;
    expect(shown()).toEqual(['lawyer']);
    given.told('supervisor', '2027-09-08T12:00', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' });
    expect(shown()).toEqual([]);
    expect(
      given
        .until('2027-09-12')
        .mailsAbout('added-1')
        .filter((mail) => mail > '2027-09-08'),
    ).toEqual(['2027-09-09T09:00 lawyer-1 overdue']);
  });

  it('skips that role if somebody else gets the item', () => {
    const given = inReflection(() => ({ outcome: 'delivered' })).told('ind', '2027-09-03', 'returnDecisionIssued', {});
    expect(given.until('2027-09-18').mailsAbout('departure-term')).toEqual([
      '2027-09-17T09:00 caseworker-1 warning',
      '2027-09-17T09:00 care-coordinator-1 warning',
    ]);
    expect(given.mails.filter(({ to }) => to === dutyMailboxAddress)).toEqual([]);
  });
});

describe('two letters of one minute', () => {
  it('to one person stay two, and the second contains the items that came after the first left', () => {
    const given = aCase({ person: { ageGroup: 'minor', unaccompanied: true } })
      .told('caseworker', '2027-09-03T12:00', 'contactMissed', {})
      .until('2027-09-03T12:00')
      .told('police', '2027-09-03T12:00', 'departedUnknown', {})
      .until('2027-09-03T12:00');
    const alarms = given.mails.filter(({ to, at }) => to === 'caseworker-1' && at === '2027-09-03T12:00');
    expect(alarms.map(({ items }) => items)).toEqual([['contact-missed alarm'], ['departed-unknown alarm']]);
    expect(new Set(alarms.map(({ id }) => id)).size).toBe(2);
  });
});

describe('after a downtime of the service', () => {
  it("the first mail of last night's intake leaves at once, and after nine as the digest of that morning", () => {
    const intake = aCase({ registered: '2027-09-01T18:00' });
    const night = dispatchAt(intake.file, instantOfWhen('2027-09-02T07:00')).dispatch.letters.filter(({ kind }) => kind === 'digest');
    expect(night.map(({ to }) => to).sort()).toEqual(['care-coordinator-1', 'caseworker-1', 'police-1']);
    const morning = dispatchAt(intake.file, instantOfWhen('2027-09-02T10:00')).dispatch.letters;
    expect(morning.map(({ id }) => id).sort()).toEqual([
      'digest/2027-09-02/care-coordinator-1',
      'digest/2027-09-02/caseworker-1',
      'digest/2027-09-02/police-1',
    ]);
    expect(morning.find(({ to }) => to === 'police-1')?.items).toContainEqual(
      expect.objectContaining({ about: 'comensha-registration', step: 'due' }),
    );
  });

  it('the items due at nine leave at once in one digest, if no digest left that day', () => {
    const given = inReflection(() => ({ outcome: 'delivered' })).until('2027-09-02T12:00');
    expect(wakeAt(given, '2027-09-04T14:20')).toEqual(['2027-09-04T14:20 lawyer-offered due', '2027-09-04T14:20 safety-plan due']);
  });

  it('a digest before nine waits until nine', () => {
    const given = inReflection(() => ({ outcome: 'delivered' })).until('2027-09-02T12:00');
    expect(wakeAt(given, '2027-09-04T07:20')).toEqual([]);
    expect(wakeAt(given, '2027-09-04T09:00')).toHaveLength(2);
  });

  it('an alarm leaves at once, also before nine', () => {
    const given = aCase({ registered: '2027-09-01T14:00' }).until('2027-09-02T09:30');
    const { dispatch } = dispatchAt(given.file, instantOfWhen('2027-09-03T06:00'));
    expect(dispatch.letters.map(({ kind, to }) => `${kind} ${to}`)).toContain('alarm supervisor-1');
    expect(dispatch.letters.every(({ kind }) => kind === 'alarm')).toBe(true);
  });

  it('a digest of the day before that is still under way comes first, so that nobody gets two', () => {
    const given = aCase();
    const { file } = dispatchAt(given.file, instantOfWhen('2027-09-01T09:00'));
    const morning = dispatchAt(file, instantOfWhen('2027-09-02T09:00'));
    expect(morning.dispatch.letters.filter(({ kind }) => kind === 'digest')).toEqual([]);
    const at = instantOfWhen('2027-09-02T09:05');
    const answered = afterDelivery(morning.file, [{ id: 'digest/2027-09-01/police-1', outcome: 'failed' }], at);
    expect(nextDueAt(answered, at)).toBe(instantOfWhen('2027-09-02T09:00'));
    const due = dispatchAt(answered, at).dispatch.letters;
    expect(due.filter(({ kind }) => kind === 'digest').map(({ id }) => id)).toEqual(['digest/2027-09-02/police-1']);
  });
});

function days(given: CaseOnTheClock, person: string): string[] {
  return given.mails.filter(({ to, class: of }) => to === person && of !== 'alarm').map(({ at }) => at.slice(5, 10));
}

/** The items and steps in the digests if the service first runs now. */
function wakeAt(given: CaseOnTheClock, when: string): string[] {
  const { dispatch } = dispatchAt(given.file, instantOfWhen(when));
  const digests = dispatch.letters.filter(({ kind }) => kind === 'digest');
  expect(new Set(digests.map(({ to }) => to)).size).toBe(digests.length);
  return digests
    .flatMap(({ items }) => items.map(({ about, step }) => `${when} ${about} ${step}`))
    .filter((item) => /lawyer-offered|safety-plan/.test(item))
    .sort();
}
