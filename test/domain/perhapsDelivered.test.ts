import { advance } from '../../src/domain/notifications/advance';
import { dispatchAt } from '../../src/domain/notifications/agenda';
import { later, type Instant } from '../../src/domain/basics/calendar';
import { refold, type CaseFile } from '../../src/domain/case/caseFile';
import { afterDelivery } from '../../src/domain/notifications/delivery';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import { pathwayView } from '../../src/domain/views/pathway';
import type { Outcome } from '../../src/domain/state/outbox';
import { aCase, callerOf, instantOfWhen, localTime, type CaseOnTheClock, type PostOffice, type When } from '../support/aCase';

/** A post office that gives no answer to letters to one person from the third of September on; and the tries that it saw. */
function withoutAnswerTo(person: string, until: When = '2028', how: Partial<ReturnType<PostOffice>> = {}) {
  const tries: string[] = [];
  const post: PostOffice = ({ to, kind }, at) => {
    if (to !== person || at < '2027-09-03T00:00' || at >= until) return { outcome: 'delivered' };
    tries.push(`${at.slice(5)} ${kind}`);
    return { outcome: 'perhaps', ...how };
  };
  return { tries, post };
}

const undelivered = (given: CaseOnTheClock) => pathwayView(given.file, given.now, callerOf('supervisor'), 'en').undelivered;

describe('a digest that was perhaps delivered', () => {
  it('is sent again after four hours, not after a quarter of one, and three times in all', () => {
    const { post, tries } = withoutAnswerTo('police-1');
    inReflection(post).until('2027-09-04T08:59');
    expect(tries).toEqual(['09-03T09:00 digest', '09-03T13:00 digest', '09-03T17:00 digest']);
  });

  it("is replaced by the next morning's, with the open items at their latest steps", () => {
    const { post } = withoutAnswerTo('care-coordinator-1', '2027-09-04T00:00');
    const given = inReflection(post).until('2027-09-04T12:00');
    const late = given.mails.filter(({ at, to }) => to === 'care-coordinator-1' && at > '2027-09-03');
    expect(late.map(({ at }) => at)).toEqual(['2027-09-04T09:00']);
    // The task is due on the fourth. The mail of the day before was in the digest without an answer.
    expect(late[0]?.items).toContain('safety-plan due');
  });

  it('is not sent again once it arrived', () => {
    const { post, tries } = withoutAnswerTo('police-1', '2027-09-03T10:00');
    const given = inReflection(post).until('2027-09-04T08:59');
    expect(tries).toEqual(['09-03T09:00 digest']);
    expect(given.mails.filter(({ to, at }) => to === 'police-1' && at > '2027-09-03').map(({ at }) => at)).toEqual(['2027-09-03T13:00']);
  });

  it('counts its sends through temporary faults in between, which are retried sooner', () => {
    const tries: string[] = [];
    const post: PostOffice = ({ to }, at) => {
      if (to !== 'police-1' || at < '2027-09-03') return { outcome: 'delivered' };
      tries.push(at.slice(11));
      return { outcome: tries.length % 2 === 1 ? 'perhaps' : 'failed' };
    };
    inReflection(post).until('2027-09-04T08:59');
    expect(tries).toEqual(['09:00', '13:00', '13:15', '17:15', '17:30']);
  });

  it('and later refused for good is forwarded, and the sends to the next recipient are counted anew', () => {
    const tries: string[] = [];
    const post: PostOffice = ({ to }, at) => {
      if (at < '2027-09-03' || !['police-1', 'police-2'].includes(to)) return { outcome: 'delivered' };
      tries.push(`${at.slice(11)} ${to}`);
      if (to === 'police-2') return { outcome: 'perhaps' };
      return at < '2027-09-03T12:00' ? { outcome: 'perhaps' } : { outcome: 'refused', next: 'police-2' };
    };
    inReflection(post).until('2027-09-04T08:59');
    expect(tries).toEqual(['09:00 police-1', '13:00 police-1', '13:00 police-2', '17:00 police-2', '21:00 police-2']);
  });

  it('shows its recipient as not certainly reached, until any letter arrives', () => {
    const { post } = withoutAnswerTo('police-1', '2027-09-04T00:00');
    const given = inReflection(post);
    expect(undelivered(given.until('2027-09-03T08:00'))).toEqual([]);
    expect(undelivered(given.until('2027-09-03T09:30'))).toEqual(['police-1']);
    expect(undelivered(given.until('2027-09-04T08:30'))).toEqual(['police-1']);
    expect(undelivered(given.until('2027-09-04T09:30'))).toEqual([]);
  });
});

describe('an alarm that was perhaps delivered', () => {
  const missing = (post: PostOffice) => minor(post).told('police', '2027-09-05T12:00', 'departedUnknown', {});

  it('goes to the deputy after an hour all the same, and is sent three times in all', () => {
    const { post, tries } = withoutAnswerTo('caseworker-1', '2028', { deputy: 'caseworker-2' });
    const given = missing(post).until('2027-09-07T08:00');
    expect(tries.filter((each) => each.endsWith('alarm') && each > '09-05T12')).toEqual([
      '09-05T12:00 alarm',
      '09-05T16:00 alarm',
      '09-05T20:00 alarm',
    ]);
    expect(given.mailsAbout('departed-unknown', 'caseworker-2')).toEqual(['2027-09-05T13:00 caseworker-2 alarm']);
  });

  it('reaches a deputy once, who already has a copy when it is finally refused', () => {
    const post: PostOffice = ({ to, kind }, at) => {
      if (kind !== 'alarm' || to !== 'caseworker-1' || at < '2027-09-05T12:00') return { outcome: 'delivered' };
      return at < '2027-09-05T16:00' ? { outcome: 'perhaps', deputy: 'caseworker-2' } : { outcome: 'refused', next: 'caseworker-2' };
    };
    const given = missing(post).until('2027-09-06T08:00');
    expect(given.mailsAbout('departed-unknown', 'caseworker-2')).toEqual(['2027-09-05T13:00 caseworker-2 alarm']);
  });

  it('is not copied to a deputy to whom it was already forwarded', () => {
    const post: PostOffice = ({ to, kind }, at) => {
      if (kind !== 'alarm' || at < '2027-09-05T12:00') return { outcome: 'delivered' };
      if (to === 'caseworker-1')
        return at < '2027-09-05T12:15' ? { outcome: 'failed', deputy: 'caseworker-2' } : { outcome: 'refused', next: 'caseworker-2' };
      return to === 'caseworker-2' && at < '2027-09-05T14:00' ? { outcome: 'failed' } : { outcome: 'delivered' };
    };
    const given = missing(post).until('2027-09-06T08:00');
    expect(given.mailsAbout('departed-unknown', 'caseworker-2')).toEqual(['2027-09-05T14:00 caseworker-2 alarm']);
  });

  it('does not include items forwarded to the same person meanwhile, since a repeat might not be read', () => {
    const tries: string[] = [];
    const post: PostOffice = ({ to, kind }, at) => {
      if (kind !== 'alarm' || at < '2027-09-05T12:00') return { outcome: 'delivered' };
      if (to === 'caseworker-1') return at < '2027-09-05T12:15' ? { outcome: 'failed' } : { outcome: 'refused', next: 'supervisor-1' };
      if (to === 'care-coordinator-1')
        return at < '2027-09-05T12:15' ? { outcome: 'failed' } : { outcome: 'refused', next: 'caseworker-2' };
      if (to === 'caseworker-2') tries.push(at.slice(11));
      return { outcome: 'perhaps' };
    };
    const given = missing(post).until('2027-09-05T12:20');
    expect(tries).toEqual(['12:15']);
    given.told('caseworker', '2027-09-05T13:00', 'contactMissed', {}).until('2027-09-05T13:20');
    expect(tries.slice(1)).toEqual(['13:00']);
  });

  it('then rests: it is not sent or raised again, and its recipient is shown as not certainly reached', () => {
    const { post, tries } = withoutAnswerTo('caseworker-1');
    const given = missing(post).until('2027-09-05T20:30');
    const sent = tries.length;
    expect(given.file.outbox.letters.filter(({ kind }) => kind === 'alarm')).toEqual([]);
    given.until('2027-09-06T08:59');
    expect(tries).toHaveLength(sent);
    expect(undelivered(given)).toContain('caseworker-1');
  });

  it('does not count as notified: its item is in the next digest', () => {
    // The interpreter is due on the second at nine.
    const post: PostOffice = ({ kind, to }) => ({ outcome: kind === 'alarm' && to === 'caseworker-1' ? 'perhaps' : 'delivered' });
    const given = aCase({ post }).until('2027-09-04T12:00');
    expect(given.mailsAbout('interpreter', 'caseworker-1').at(-1)).toBe('2027-09-03T09:00 caseworker-1 overdue');
  });

  it('leaves no receipt for a deadline', () => {
    const { post } = withoutAnswerTo('caseworker-1');
    const given = inReflection(post).until('2027-11-30T12:00');
    const receipts = given.file.outbox.receipts['reflection-period'] ?? [];
    expect(receipts.filter(({ to }) => to === 'caseworker-1')).toEqual([]);
    expect(receipts.filter(({ to }) => to === 'supervisor-1')).not.toEqual([]);
  });
});

describe('a notice that was perhaps delivered', () => {
  it('is sent again after four hours, three times in all; then it rests, and the partner is shown', () => {
    const given = cooperating();
    const tries: string[] = [];
    let now = given.now;
    for (;;) {
      const next = nextNotice(given.file, now);
      if (next === null) break;
      now = next.at;
      tries.push(localTime(now).slice(11));
      given.file = afterDelivery(next.file, outcomes(next.ids, 'perhaps'), now);
    }
    expect(tries).toEqual(['10:00', '14:00', '18:00']);
    expect(undelivered(given)).toEqual(['ind']);
    expect(Object.values(given.file.outbox.notices)).toMatchObject([{ state: 'perhaps', nextTry: null, perhaps: 3 }]);
  });

  it('is shown until it has arrived', () => {
    const given = cooperating();
    const first = nextNotice(given.file, given.now);
    given.file = afterDelivery(first?.file ?? given.file, outcomes(first?.ids ?? [], 'perhaps'), given.now);
    expect(undelivered(given)).toEqual(['ind']);
    const second = nextNotice(given.file, given.now);
    given.file = afterDelivery(second?.file ?? given.file, outcomes(second?.ids ?? [], 'delivered'), second?.at ?? given.now);
    expect(undelivered(given)).toEqual([]);
    expect(nextNotice(given.file, given.now)).toBeNull();
  });

  it('is corrected like one that arrived', () => {
    const given = cooperating();
    const first = nextNotice(given.file, given.now);
    given.file = afterDelivery(first?.file ?? given.file, outcomes(first?.ids ?? [], 'perhaps'), given.now);
    given.corrects('supervisor', '2027-09-10T11:00', 'fact-2').until('2027-09-10T11:30');
    expect(given.notices).toEqual([{ at: '2027-09-10T11:00', partner: 'ind', notice: 'correction' }]);
  });
});

describe('a letter under way when a run ends', () => {
  it('counts as perhaps delivered, and the next run waits four hours before it sends it again', () => {
    const given = inReflection(() => ({ outcome: 'delivered' })).until('2027-09-03T08:59');
    const nine = instantOfWhen('2027-09-03T09:00');
    const { file, dispatch } = dispatchAt(given.file, nine);
    expect(dispatch.letters).not.toEqual([]);
    const next = refold(file.start, file.entries, { outbox: forNextRun(file, nine) });
    expect(dispatchAt(next, instantOfWhen('2027-09-03T12:59')).dispatch.letters).toEqual([]);
    const again = dispatchAt(next, instantOfWhen('2027-09-03T13:00')).dispatch.letters;
    expect(again.map(({ id }) => id).sort()).toEqual(dispatch.letters.map(({ id }) => id).sort());
  });
});

function inReflection(post: PostOffice): CaseOnTheClock {
  return aCase({ post }).startedReflection('2027-09-01T11:00');
}

function minor(post: PostOffice): CaseOnTheClock {
  return aCase({ person: { ageGroup: 'minor', unaccompanied: true }, post }).until('2027-09-05T11:00');
}

/** A case whose first notice is about to leave. */
function cooperating(): CaseOnTheClock {
  const given = aCase().startedReflection('2027-09-01T11:00').until('2027-09-10T09:30');
  return given.cooperated('2027-09-10T10:00');
}

/** The instant at which a notice next leaves, within a month, and the file with that notice under way. */
function nextNotice(file: CaseFile, from: Instant): { readonly at: Instant; readonly file: CaseFile; readonly ids: string[] } | null {
  const until = later(from, 'PT720H');
  for (const { at, dispatch, file: after } of advance(file, { from, until }, ({ letters }) => outcomes(idsOf(letters), 'delivered'))) {
    if (dispatch.notices.length > 0) return { at, file: after, ids: idsOf(dispatch.notices) };
  }
  return null;
}

function idsOf(each: readonly { readonly id: string }[]): string[] {
  return each.map(({ id }) => id);
}

function outcomes(ids: readonly string[], outcome: 'delivered' | 'perhaps'): Outcome[] {
  return ids.map((id) => ({ id, outcome }));
}
