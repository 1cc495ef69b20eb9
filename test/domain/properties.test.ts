import fc from 'fast-check';
import { dispatchAt, nextDueAt } from '../../src/domain/notifications/agenda';
import { dateOf, endOfDay, epoch, instantOf, type Instant } from '../../src/domain/basics/calendar';
import { record, refold, situationAt, type CaseFile } from '../../src/domain/case/caseFile';
import { may } from '../../src/domain/rights/rights';
import { whereIs } from '../../src/domain/rights/told';
import { allowedFacts } from '../../src/domain/case/decide';
import { afterDelivery } from '../../src/domain/notifications/delivery';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import { nextOf } from '../../src/domain/views/pathway';
import type { Fact } from '../../src/domain/facts/catalogue';
import { Refusal } from '../../src/domain/basics/refusal';
import type { Outcome } from '../../src/domain/state/outbox';
import {
  aCase,
  callerOf,
  dutyMailboxAddress,
  localTime,
  throughTheDirectory,
  type CaseOnTheClock,
  type Mail,
  type Opening,
  type PostOffice,
} from '../support/aCase';
import { attempt, fieldsOf, someAttempts, someOpening, tellers, type Attempt } from '../support/someFacts';
import { helpTasks } from '../support/helpTasks';

/** The facts that may change what the case already was. */
const rewriting: readonly string[] = ['corrected', 'intakeCorrected'];

describe('a fact that people record, whatever it is', () => {
  it('is recorded or refused, never an exception, and leaves the earlier file unchanged', () => {
    everyStory({ runs: 30, facts: 20 }, (given, told) => {
      for (const each of told) {
        const before = given.file;
        const asItWas = JSON.stringify(before);
        attempt(given, each);
        expect(JSON.stringify(before)).toBe(asItWas);
      }
    });
  });

  it('leads to an upcoming action that stays next until it comes', () => {
    everyStory({ runs: 30, facts: 12 }, (given, told) => {
      told.forEach((each) => attempt(given, each));
      // Each question gets a new file, so that no answer is memoized.
      const next = (now: Instant) => nextDueAt({ ...given.file }, now);
      const at = next(given.now);
      if (at === null || at <= given.now) return;
      const minutes = (epoch(at) - epoch(given.now)) / 60_000;
      for (const share of [0.1, 0.5, 0.9, 1]) {
        const before = instantOf(epoch(given.now) + Math.max(0, Math.floor(minutes * share) - 1) * 60_000);
        expect([before, next(before)]).toEqual([before, at]);
        expect(nextOf({ ...given.file }, before)).toEqual(nextOf({ ...given.file }, given.now));
      }
    });
  });

  it('gives the same case in a new fold, as at the start of a run', () => {
    everyStory({ runs: 30, facts: 20 }, (given, told) => {
      told.forEach((each) => attempt(given, each));
      const again = refold(given.file.start, given.file.entries, { outbox: forNextRun(given.file, given.file.situation.asOf) });
      expect(again.situation).toEqual(given.file.situation);
      expect(again.entries).toEqual(given.file.entries);
    });
  });

  it('moves the stage from reflection to decision by the clock, and by the clock nowhere else', () => {
    everyStory({ runs: 30, facts: 20 }, (given, told) => {
      told.forEach((each) => attempt(given, each));
      const { stage, period, asOf } = given.file.situation;
      for (const days of [1, 10, 40, 100, 400]) {
        const later = situationAt(given.file, instantOf(epoch(given.now) + days * 86_400_000));
        const silent = stage === 'reflection' && period !== null && later.asOf >= endOfDay(period.endsOn);
        expect([later.stage, later.result]).toEqual([silent ? 'decision' : stage, given.file.situation.result]);
      }
      expect(asOf <= given.now).toBe(true);
    });
  });

  it('never ends planned help by an answer: help is done, waived, corrected (the intake too), or ends with journey or case', () => {
    everyStory({ runs: 30, facts: 20 }, (given, told) => {
      for (const each of told) {
        const before = given.openTasks().filter((id) => helpTasks.includes(id));
        attempt(given, each);
        const ended = before.filter((id) => !given.openTasks().includes(id));
        const last = given.file.entries.at(-1)?.type;
        if (ended.length > 0) expect(['taskCompleted', 'taskWaived', 'travelled', 'closed', ...rewriting]).toContain(last);
      }
    });
  });

  it('gives one reflection period, whose dates only a correction moves', () => {
    everyStory({ runs: 30, facts: 20 }, (given, told) => {
      const seen = new Set<string>();
      for (const each of told) {
        attempt(given, each, (type) => !rewriting.includes(type));
        const { period } = given.situation;
        if (period !== null) seen.add(`${period.startedOn} ${period.endsOn}`);
      }
      expect(seen.size).toBeLessThanOrEqual(1);
    });
  });

  it('that is allowed for a caller can be recorded by that caller with some fields', () => {
    everyStory({ runs: 20, facts: 15 }, (given, told) => {
      told.forEach((each) => attempt(given, each));
      for (const teller of tellers) {
        const by = callerOf(teller);
        const { situation, file, now } = given;
        if (may(by, 'tell', whereIs(situation, file.start.edition)) !== 'yes') continue;
        const impossible = allowedFacts(situation, by, file.start.edition).filter((type) => {
          const choices = Array.from(
            { length: 200 },
            (_, choice) => ({ ...fieldsOf(type, choice, situation, dateOf(now)), type, on: dateOf(now) }) as Fact,
          );
          return choices.every((fact) => record(file, { fact, by, receivedAt: now }) instanceof Refusal);
        });
        expect(impossible).toEqual([]);
      }
    });
  });

  it('leaves no open case without an upcoming action, except an intake with all tasks done', () => {
    everyStory({ runs: 15, facts: 14, mail: true }, (given, told) => {
      told.forEach((each) => attempt(given, each));
      given.until(localTime(given.now));
      const { stage, tasks } = given.situation;
      if (stage === 'closed' || (stage === 'intake' && tasks.every(({ end }) => end !== null))) return;
      expect(nextDueAt(given.file, given.now)).not.toBeNull();
    });
  });
});

describe('the mail of a case, whatever happens', () => {
  it('is at most one digest a person and day, goes only to team and duty mailbox, and repeats nothing', () => {
    everyStory({ runs: 15, facts: 12, mail: true }, (given, told) => {
      const team = new Set([dutyMailboxAddress, ...Object.values(given.situation.team).map(({ staffId }) => staffId)]);
      for (const each of told) {
        attempt(given, each);
        for (const { staffId } of Object.values(given.situation.team)) team.add(staffId);
      }
      given.until(localTime(instantOf(epoch(given.now) + 20 * 86_400_000)));
      expect(repeated(digests(given.mails).map(({ at, to }) => `${to} ${at.slice(0, 10)}`))).toEqual([]);
      expect(given.mails.filter(({ to }) => !team.has(to))).toEqual([]);
      expect(repeated(given.mails.map(({ id }) => id))).toEqual([]);
      expect(given.mails.filter(({ items }) => items.length === 0 || repeated([...items]).length > 0)).toEqual([]);
      // A reopened task and a new team member cause mail again, and two facts of one day may each raise an alarm.
      if (given.file.entries.some(({ type }) => type === 'taskReopened' || type === 'teamChanged')) return;
      const said = given.mails.flatMap(({ at, to, items }) => items.map((item) => `${at.slice(0, 10)} ${to} ${item}`));
      // A task that a correction plans again counts as new.
      const anew = given.file.entries.some(({ type }) => rewriting.includes(type)) ? ['alarm', 'planned'] : ['alarm'];
      expect(repeated(said.filter((line) => !anew.some((step) => line.endsWith(step))))).toEqual([]);
    });
  });

  it('and the notices of a case that others met reach nobody who investigates, until the case opens', () => {
    fc.assert(
      fc.property(someOpening, someAttempts(12), (opening, told) => {
        const given = aCase({ ...opening, metBy: 'shelter' });
        for (const each of told) {
          // Who joins a team is checked before the domain: it would take an officer as a caseworker.
          attempt(given, each, (type) => type !== 'consentGiven' && type !== 'teamChanged' && type !== 'corrected');
          if (!given.situation.hidden) return;
        }
        given.until(localTime(instantOf(epoch(given.now) + 20 * 86_400_000)));
        expect(given.situation.team.police).toBeUndefined();
        expect(given.mails.filter(({ to }) => to.includes('police'))).toEqual([]);
        for (const by of ['police', 'kmar', 'inspectorate', 'prosecution'] as const)
          expect(given.refusal(by, localTime(given.now), 'interviewHeld', {})?.code).toBe('not-found');
      }),
      { numRuns: 15 },
    );
  });

  it('stays one digest a person and day, and loses no alarm, if the server fails now and then', () => {
    const outages = fc.array(fc.record({ from: fc.nat(40 * 96), quarters: fc.nat(3 * 96) }), { maxLength: 3 });
    fc.assert(
      fc.property(someOpening, someAttempts(10), outages, (opening, told, down) => {
        const start = aCase(opening).now;
        const isDown = (at: string) =>
          down.some(({ from, quarters }) => at >= quarter(start, from) && at < quarter(start, from + quarters));
        const given = aCase({ ...opening, post: (_, at) => ({ outcome: isDown(at) ? 'failed' : 'delivered' }) });
        told.forEach((each) => attempt(given, each));
        given.until(localTime(instantOf(epoch(given.now) + 10 * 86_400_000)));
        expect(repeated(digests(given.mails).map(({ at, to }) => `${to} ${at.slice(0, 10)}`))).toEqual([]);
        expect(repeated(given.mails.map(({ id }) => id))).toEqual([]);
        if (isDown(localTime(given.now))) return;
        const overdue = given.situation.tasks.filter(
          ({ end, dueAt, plannedAt }) => end === null && dueAt !== null && dueAt > plannedAt && dueAt < given.now,
        );
        expect(overdue.filter(({ id }) => !given.mailsAbout(id).some((mail) => mail.endsWith('alarm')))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('comes to an end if people are refused for good: no mail is forwarded for ever', () => {
    const refused = fc.record({
      who: fc.constantFrom('caseworker-1', 'care-coordinator-1', 'police-1', 'supervisor-1', 'allround-1'),
      next: fc.constantFrom('supervisor-1', 'caseworker-2', 'duty@example.org', null),
    });
    fc.assert(
      fc.property(someOpening, someAttempts(8), refused, (opening, told, { who, next }) => {
        const post: PostOffice = ({ to }) =>
          to === who ? { outcome: 'refused', next: next === who ? null : next } : { outcome: 'delivered' };
        const given = aCase({ ...opening, post });
        told.forEach((each) => attempt(given, { ...each, minutesLater: each.minutesLater % (3 * 1440) }));
        given.until(localTime(instantOf(epoch(given.now) + 5 * 86_400_000)));
        expect(repeated(digests(given.mails).map(({ at, to }) => `${to} ${at.slice(0, 10)}`))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('is the same whether the clock uses the next due instant or looks every quarter of an hour', () => {
    fc.assert(
      fc.property(someOpening, someAttempts(6), (opening, told) => {
        const given = aCase({ ...opening, registered: `${String(opening.registered).slice(0, 14)}30` });
        told.forEach((each) => attempt(given, { ...each, minutesLater: Math.ceil((each.minutesLater % 2000) / 15) * 15 }));
        const { file, now } = given;
        const end = instantOf(epoch(now) + 4 * 86_400_000);
        const already = given.mails.length;
        const slept = given.until(localTime(end)).mails.slice(already);
        expect(polled(file, now, end)).toEqual(slept.map(({ at, id, items }) => `${at} ${id} ${items.join()}`));
      }),
      { numRuns: 12 },
    );
  });

  it('is the same if the case continues in a new run between any two looks', () => {
    fc.assert(
      fc.property(someOpening, someAttempts(6), (opening, told) => {
        const given = aCase(opening);
        told.forEach((each) => attempt(given, { ...each, minutesLater: each.minutesLater % 2000 }));
        const { file, now } = given;
        const end = instantOf(epoch(now) + 5 * 86_400_000);
        const rested = (each: CaseFile, at: Instant) => refold(each.start, each.entries, { outbox: forNextRun(each, at) });
        expect(polled(file, now, end, rested)).toEqual(polled(file, now, end));
      }),
      { numRuns: 12 },
    );
  });
});

interface Size {
  readonly runs: number;
  readonly facts: number;
  /** Whether mail leaves between the facts. */
  readonly mail?: true;
}

function everyStory({ runs, facts, mail }: Size, holds: (given: CaseOnTheClock, told: readonly Attempt[]) => void): void {
  fc.assert(
    fc.property(someOpening, someAttempts(facts), (opening: Opening, told) => {
      holds(aCase(mail === true ? opening : { ...opening, post: 'closed' }), told);
    }),
    { numRuns: runs },
  );
}

/** All digests, including the first mail at the intake. */
function digests(mails: readonly Mail[]): readonly Mail[] {
  return mails.filter(({ id }) => id.startsWith('digest/'));
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function quarter(start: Instant, count: number): string {
  return localTime(instantOf(epoch(start) + count * 15 * 60_000));
}

/** The mail if the clock looks every quarter of an hour and each letter arrives. Between two looks the case may continue in a new run. */
function polled(from: CaseFile, now: Instant, end: Instant, between = (file: CaseFile, _: Instant) => file): string[] {
  const arrives = throughTheDirectory(() => ({ outcome: 'delivered' }));
  let file = from;
  const sent: string[] = [];
  for (let at = now; at <= end; at = instantOf(epoch(at) + 15 * 60_000)) {
    // A forwarded letter leaves in the same minute.
    for (let fell = true; fell;) {
      const { file: underWay, dispatch } = dispatchAt(file, at);
      const answers = dispatch.letters.map((letter): Outcome => ({ next: null, ...arrives(letter, localTime(at)), id: letter.id }));
      const arrived = dispatch.letters.filter((_, index) => answers[index]?.outcome === 'delivered');
      sent.push(...arrived.map(({ id, items }) => `${localTime(at)} ${id} ${items.map(({ about, step }) => `${about} ${step}`).join()}`));
      file = afterDelivery(underWay, [...answers, ...dispatch.notices.map(({ id }): Outcome => ({ id, outcome: 'delivered' }))], at);
      fell = arrived.length < answers.length;
    }
    file = between(file, at);
  }
  return sent;
}
