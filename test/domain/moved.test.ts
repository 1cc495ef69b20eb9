import fc from 'fast-check';
import { dispatchAt } from '../../src/domain/notifications/agenda';
import { daysAfter, epoch, instantOf, later } from '../../src/domain/basics/calendar';
import { firstMorning } from '../../src/domain/notifications/mornings';
import { passesAt } from '../../src/domain/plan/deadlines';
import type { DeadlineRule, Edition, TaskRule } from '../../src/domain/policy/edition';
import { facts } from '../../src/domain/rules';
import { pathwayView } from '../../src/domain/views/pathway';
import { rules } from '../../src/workflows/rules';
import { aCase, callerOf, instantOfWhen, localTime, type CaseOnTheClock, type When } from '../support/aCase';
import { inStage } from '../support/inStage';
import { attempt, someAttempts, someOpening } from '../support/someFacts';

/** The case goes over to another build, with other numbers where the test gives some. */
function moves(given: CaseOnTheClock, change: (edition: Edition) => Edition = (edition) => edition, to = 'build-2'): CaseOnTheClock {
  const carried = JSON.parse(JSON.stringify(rules.carried(given.file, given.now, to === 'build-2' ? 'build-1' : 'build-2'))) as {
    readonly start: { readonly edition: Edition };
  };
  const start = { ...carried.start, edition: change(carried.start.edition) };
  given.file = rules.takenOver({ ...carried, start }, given.now, to);
  return given;
}

const told = ({ file, now }: CaseOnTheClock) => {
  const { leaving, held } = rules.told(file, now);
  return { leaving: leaving.length, held: held.length };
};
/** The mails from an instant on, one line for each item. */
const mailsFrom = ({ mails }: CaseOnTheClock, when: When) =>
  mails.filter(({ at }) => at >= when).flatMap(({ at, to, items }) => items.map((item) => `${at} ${to} ${item}`));
const about = (lines: readonly string[], id: string) => lines.filter((line) => line.split(' ')[2] === id);

const newTask: TaskRule = {
  ...{ id: 'new-check', kind: 'safety', appliesIn: 'NL', plannedBy: ['care'], due: { after: 'P7D' } },
  ...{ owner: 'caseworker', source: 'ours' },
};
const withTask =
  (rule: Partial<TaskRule> = {}) =>
  (edition: Edition): Edition => ({ ...edition, tasks: [...edition.tasks, { ...newTask, ...rule }] });
const withDeadline =
  (id: string, change: (rule: DeadlineRule) => DeadlineRule) =>
  (edition: Edition): Edition => ({ ...edition, deadlines: edition.deadlines.map((rule) => (rule.id === id ? change(rule) : rule)) });
const eightDaysEarlier = (edition: Edition): Edition => ({
  ...edition,
  tasks: edition.tasks.map((rule) => {
    const [, days] = ('after' in rule.due && /^P(\d+)D$/.exec(rule.due.after)) || [];
    return days === undefined ? rule : { ...rule, due: { after: `P${Math.max(0, Number(days) - 8)}D` } };
  }),
});
const remindedSooner = (edition: Edition): Edition => {
  const { task, statutoryTask } = edition.reminders;
  const soon = [1, 2, 3, 4];
  return { ...edition, reminders: { ...edition.reminders, task: { ...task, soon }, statutoryTask: { ...statutoryTask, soon } } };
};

/** In reflection since the first of September; on the fifteenth at ten its mail of the morning has left, if there was any. */
const onTheFifteenth = () => inStage.reflection().until('2027-09-15T10:00');

describe('a case that goes over to another build', () => {
  it('with the same rules holds nothing and sends the same as without', () => {
    fc.assert(
      fc.property(someOpening, someAttempts(8), fc.infiniteStream(fc.nat(2000)), (opening, all, waits) => {
        const [still, moving] = [aCase(opening), aCase(opening)];
        for (const each of all) {
          for (const given of [still, moving]) attempt(given, each);
          // In the minute of a fact its letters have not left.
          moves(moving);
          const until = localTime(instantOf(epoch(still.now) + (waits.next().value ?? 0) * 60_000));
          for (const given of [still, moving]) given.until(until);
          moves(moving);
          expect(told(moving)).toEqual({ leaving: told(still).leaving, held: 0 });
        }
        const end = localTime(instantOf(epoch(still.now) + 20 * 86_400_000));
        for (const given of [still, moving]) given.until(end);
        expect(moving.mails).toEqual(still.mails);
        expect(moving.notices).toEqual(still.notices);
        expect(moving.file.outbox.held).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });

  it('in the instant of its digest sends it, though the build before had not', () => {
    const given = inStage.reflection().until('2027-09-15T08:59');
    const due = instantOfWhen('2027-09-15T09:00');
    given.now = due;
    const before = dispatchAt(given.file, due).dispatch.letters.map(({ id }) => id);
    expect(before).not.toEqual([]);
    moves(given);
    expect(dispatchAt(given.file, due).dispatch.letters.map(({ id }) => id)).toEqual(before);
  });

  it('in the minute of an alarm sends it, though the build before had not', () => {
    const given = aCase({ person: { ageGroup: 'minor' } }).startedReflection('2027-09-01T11:00');
    given.told('police', '2027-09-15T10:00', 'departedUnknown', {});
    moves(given, withTask({ plannedBy: ['departedUnknown'], due: { after: 'PT1H' } })).until('2027-09-15T10:00');
    expect(about(mailsFrom(given, '2027-09-15T10:00'), 'departed-unknown')).not.toEqual([]);
  });
});

describe('what new rules make due for the time before a case went over, whatever it is,', () => {
  const changes = {
    withTask: withTask(),
    withTaskOfHours: withTask({ due: { after: 'PT4H' } }),
    withTaskOfIntake: withTask({ plannedBy: ['intake'], owner: 'supervisor', statutory: true }),
    eightDaysEarlier,
    remindedSooner,
    alarmed: (edition: Edition): Edition => ({
      ...edition,
      deadlines: edition.deadlines.map((rule) => ({ ...rule, onPassed: { ...rule.onPassed, alarm: ['caseworker', 'supervisor'] } })),
    }),
  };

  it.each(Object.entries(changes))('adds no mail before the next morning, and is in the digest then: %s', (_, change) => {
    fc.assert(
      fc.property(someOpening, someAttempts(8), fc.nat(5 * 1440), (opening, all, wait) => {
        const [still, moving] = [aCase(opening), aCase(opening)];
        for (const given of [still, moving]) {
          all.forEach((each) => attempt(given, each));
          given.until(localTime(instantOf(epoch(given.now) + wait * 60_000)));
        }
        moves(moving, change);
        const { now } = moving;
        const { held } = moving.file.outbox;
        const morning = firstMorning(later(now, 'PT1M'), '09:00');
        for (const given of [still, moving]) given.until(`${morning}T08:59`);
        // What leaves anyway may bring more; and an alarm of an hour that is yet to come is not of before.
        const { tasks, deadlines } = moving.situation;
        const hours = [
          ...tasks.map(({ id, dueAt }) => ({ id, at: dueAt })),
          ...deadlines.map((each) => ({ id: each.id, at: passesAt(each) })),
        ];
        const isYetToCome = (item: string) => hours.some(({ id, at }) => item === `${id} alarm` && at !== null && at > now);
        const added = moving.mails.filter(({ at, items }) => at >= localTime(now) && !items.every(isYetToCome));
        expect(still.mails.map(({ at, to }) => `${at} ${to}`)).toEqual(expect.arrayContaining(added.map(({ at, to }) => `${at} ${to}`)));
        expect(moving.notices).toEqual(still.notices);
        // Who had a digest on the day of the first mail has the next one a day later.
        moving.until(`${daysAfter(morning, 1)}T09:00`);
        const read = mailsFrom(moving, localTime(now)).map((line) => line.split(' ')[2]);
        const open = [...moving.openTasks(), ...moving.situation.deadlines.filter(({ end }) => end === null).map(({ id }) => id)];
        expect(read).toEqual(
          expect.arrayContaining(
            Object.values(held?.items ?? {})
              .flat()
              .filter((id) => open.includes(id)),
          ),
        );
      }),
      { numRuns: 12 },
    );
  });
});

describe('a new task that was due before the case went over to it', () => {
  it('is mailed in the next digest of each person, and not before', () => {
    const given = moves(onTheFifteenth(), withTask());
    expect(told(given)).toEqual({ leaving: 0, held: 2 });
    given.until('2027-09-16T08:59');
    expect(mailsFrom(given, '2027-09-15T10:00')).toEqual([]);
    given.until('2027-09-16T09:00');
    expect(about(mailsFrom(given, '2027-09-16'), 'new-check')).toEqual([
      '2027-09-16T09:00 caseworker-1 new-check overdue',
      '2027-09-16T09:00 supervisor-1 new-check escalated',
    ]);
    given.until('2027-09-17T10:00');
    expect(about(mailsFrom(given, '2027-09-16T09:01'), 'new-check')).toEqual([]);
  });

  it('is no letter of its own, though it is due within hours', () => {
    const given = moves(onTheFifteenth(), withTask({ due: { after: 'PT4H' } }));
    expect(told(given)).toMatchObject({ leaving: 0 });
    given.until('2027-09-16T08:59');
    expect(mailsFrom(given, '2027-09-15T10:00')).toEqual([]);
    given.until('2027-09-16T09:00');
    expect(about(mailsFrom(given, '2027-09-16'), 'new-check')).toEqual([
      '2027-09-16T09:00 caseworker-1 new-check alarm',
      '2027-09-16T09:00 supervisor-1 new-check alarm',
    ]);
    given.until('2027-09-16T18:00');
    expect(given.mailsAbout('new-check')).toHaveLength(2);
  });

  it('is no letter of its own either if it is due at another hour by the rules of a second release on the same day', () => {
    const given = moves(onTheFifteenth(), withTask({ due: { after: 'PT12H' } })).until('2027-09-15T11:00');
    const { length } = given.file.start.edition.tasks;
    const anHourLater: TaskRule = { ...newTask, due: { after: 'PT13H' } };
    moves(
      given,
      (edition) => ({ ...edition, tasks: edition.tasks.map((rule, at) => (at === length - 1 ? anHourLater : rule)) }),
      'build-1',
    );
    expect(told(given)).toMatchObject({ leaving: 0 });
    given.until('2027-09-16T08:59');
    expect(mailsFrom(given, '2027-09-15T10:00')).toEqual([]);
    given.until('2027-09-18T10:00');
    expect(about(mailsFrom(given, '2027-09-16'), 'new-check').filter((line) => line.endsWith('alarm'))).toEqual([
      '2027-09-16T09:00 caseworker-1 new-check alarm',
      '2027-09-16T09:00 supervisor-1 new-check alarm',
    ]);
  });

  it('and that is new since this morning is no letter of its own either', () => {
    const given = inStage.reflection().told('caseworker', '2027-09-15T09:30', 'contactMissed', {}).until('2027-09-15T10:00');
    moves(given, withTask({ plannedBy: ['contactMissed'], due: { after: 'P1D' } })).until('2027-09-16T09:00');
    expect(given.mailsAbout('new-check')).toEqual(['2027-09-16T09:00 caseworker-1 new-check due'.replace('new-check ', '')]);
  });

  it('joins a digest of this morning that is late and leaves for another item', () => {
    const given = inStage.reflection();
    given.told('supervisor', '2027-09-14T12:00', 'taskAdded', { kind: 'social', owner: 'caseworker', due: '2027-09-15' });
    given.now = instantOfWhen('2027-09-15T11:00');
    moves(given, withTask()).until('2027-09-15T11:00');
    expect(about(mailsFrom(given, '2027-09-15'), 'new-check')).toEqual(['2027-09-15T11:00 caseworker-1 new-check overdue']);
    expect(about(mailsFrom(given, '2027-09-15'), 'added-1')).toHaveLength(1);
  });

  it('is in the digest of this morning if the case goes over in the night', () => {
    const given = moves(inStage.reflection().until('2027-09-15T03:00'), withTask()).until('2027-09-15T09:00');
    expect(about(mailsFrom(given, '2027-09-15'), 'new-check')).toHaveLength(2);
  });

  it('is mailed by nothing if the case goes back the same day, and in the digest if it goes over once more', () => {
    const given = moves(onTheFifteenth(), withTask());
    given.until('2027-09-15T11:00');
    moves(given, (edition) => ({ ...edition, tasks: edition.tasks.slice(0, -1) }), 'build-1');
    given.until('2027-09-15T12:00');
    moves(given, withTask());
    expect(told(given)).toMatchObject({ leaving: 0 });
    given.until('2027-09-16T08:59');
    expect(mailsFrom(given, '2027-09-15T10:00')).toEqual([]);
    given.until('2027-09-16T09:00');
    expect(given.mailsAbout('new-check')).toHaveLength(2);
  });
});

describe('a task that only the build of before plans', () => {
  it.each(['2027-09-03T10:00', '2027-09-15T10:00'])('is not mailed again after the case went over on %s and came back', (when) => {
    const [still, moving] = [inStage.reflection().until(when), inStage.reflection().until(when)];
    const told = still.openTasks().filter((id) => still.mailsAbout(id).length > 0);
    expect(told).not.toEqual([]);
    const { edition } = moving.file.start;
    moves(moving, () => ({ ...edition, tasks: [] })).until(when.replace('10:00', '11:00'));
    // It rests there once more before it comes back.
    moves(moving, (there) => there).until(when.replace('10:00', '11:30'));
    moves(moving, () => edition, 'build-1');
    for (const given of [still, moving]) given.until('2027-10-01T10:00');
    for (const id of told) expect(moving.mailsAbout(id)).toEqual(still.mailsAbout(id));
  });
});

describe('dates that move to before the case went over', () => {
  it.each(['2027-09-02', '2027-09-05', '2027-09-07', '2027-09-11', '2027-09-15', '2027-09-29'])(
    'by eight days on %s are in the next digests, and nothing is sent twice',
    (day) => {
      const given = inStage.reflection().until(`${day}T10:00`);
      const open = given.openTasks();
      moves(given, eightDaysEarlier);
      expect(told(given)).toMatchObject({ leaving: 0 });
      given.until(`${day}T23:59`);
      expect(mailsFrom(given, `${day}T10:00`)).toEqual([]);
      given.until('2027-10-20T10:00');
      expect(given.openTasks()).toEqual(expect.arrayContaining(open));
      const digests = given.mails.filter(({ id }) => id.startsWith('digest/'));
      expect(repeated(given.mails.map(({ id }) => id))).toEqual([]);
      expect(repeated(digests.map(({ at, to }) => `${at.slice(0, 10)} ${to}`))).toEqual([]);
      // What is long overdue comes back each Monday.
      const said = digests.flatMap(({ to, items }) => items.map((item) => `${to} ${item}`));
      expect(repeated(said.filter((line) => !/ (overdue|escalated|warning)$/.test(line)))).toEqual([]);
    },
  );
});

describe('a task that waits for the next morning', () => {
  it('is no letter of its own when new rules make it urgent', () => {
    const given = moves(inStage.reflection().until('2027-09-01T11:30'), eightDaysEarlier).until('2027-09-02T08:59');
    expect(given.task('safety-plan').urgent).toBe(true);
    expect(mailsFrom(given, '2027-09-01T11:30')).toEqual([]);
    given.until('2027-09-02T09:00');
    expect(given.mailsAbout('safety-plan')).toHaveLength(1);
  });
});

describe('a new day of reminders', () => {
  it('before the case went over is no reason for a mail of that day', () => {
    const given = moves(inStage.reflection().until('2027-09-12T10:00'), remindedSooner);
    expect(told(given)).toMatchObject({ leaving: 0 });
    given.until('2027-09-13T08:59');
    expect(mailsFrom(given, '2027-09-12T10:00')).toEqual([]);
    given.until('2027-09-13T09:00');
    expect(about(mailsFrom(given, '2027-09-13'), 'care-plan')).toEqual(['2027-09-13T09:00 care-coordinator-1 care-plan soon']);
  });
});

describe('a new alarm for the time before the case went over', () => {
  afterEach(() => jest.restoreAllMocks());

  it('about a deadline that has passed is part of the next digest, and no letter of its own', () => {
    const alarmed = withDeadline('reflection-period', (rule) => ({ ...rule, onPassed: { ...rule.onPassed, alarm: ['caseworker'] } }));
    const given = moves(inStage.reflection().until('2027-12-03T10:00'), alarmed);
    expect(told(given)).toEqual({ leaving: 0, held: 1 });
    given.until('2027-12-04T08:59');
    expect(mailsFrom(given, '2027-12-03T10:00')).toEqual([]);
    given.until('2027-12-04T09:00');
    expect(about(mailsFrom(given, '2027-12-04'), 'reflection-period')).toContain('2027-12-04T09:00 caseworker-1 reflection-period alarm');
    given.until('2027-12-06T08:59');
    expect(mailsFrom(given, '2027-12-04T09:01').filter((line) => line.endsWith('alarm'))).toEqual([]);
  });

  it('about a fact is part of the next digest, and no letter of its own', () => {
    const given = aCase().startedReflection('2027-09-01T11:00').told('caseworker', '2027-09-10T12:00', 'contactMissed', {});
    given.until('2027-09-15T10:00');
    jest.spyOn(facts.contactMissed as Required<typeof facts.contactMissed>, 'alarms').mockReturnValue(['supervisor']);
    moves(given);
    expect(told(given)).toEqual({ leaving: 0, held: 1 });
    given.until('2027-09-16T08:59');
    expect(mailsFrom(given, '2027-09-15T10:00')).toEqual([]);
    given.until('2027-09-25');
    expect(given.mailsAbout('contact-missed')).toEqual(['2027-09-16T09:00 supervisor-1 alarm']);
  });

  it('about an item of which somebody was alarmed before is nothing new', () => {
    const given = inStage.reflection().until('2027-09-20T10:00');
    const alarms = () => given.mailsAbout('safety-assessment').filter((mail) => mail.endsWith('alarm'));
    const before = alarms();
    expect(before).not.toEqual([]);
    const sooner = (edition: Edition): Edition => ({
      ...edition,
      tasks: edition.tasks.map((rule) => (rule.id === 'safety-assessment' ? { ...rule, due: { after: 'PT12H' } } : rule)),
    });
    expect(moves(given, sooner).task('safety-assessment').dueOn).toBe('2027-09-01');
    expect(told(given)).toEqual({ leaving: 0, held: 0 });
    given.until('2027-09-30');
    expect(alarms()).toEqual(before);
  });
});

describe('a new notice for a fact of before the case went over', () => {
  afterEach(() => jest.restoreAllMocks());

  it('does not leave: the caseworker sees it in the next digest, and decides', () => {
    const given = inStage.reflection().told('police', '2027-09-10T12:00', 'departedUnknown', {}).until('2027-09-15T10:00');
    planned();
    const sent = given.notices.length;
    moves(given);
    expect(told(given)).toEqual({ leaving: 0, held: 1 });
    expect(pathwayView(given.file, given.now, callerOf('caseworker'), 'en').undelivered).toContain('iom');
    given.until('2027-09-16T08:59');
    expect(mailsFrom(given, '2027-09-15T10:00')).toEqual([]);
    given.until('2027-09-24');
    expect(given.mailsAbout('return-stopped')).toEqual(['2027-09-16T09:00 caseworker-1 overdue', '2027-09-22T09:00 caseworker-1 overdue']);
    expect(given.notices).toHaveLength(sent);
  });

  it('is in the digest of this morning if the case goes over in the night', () => {
    const given = inStage.reflection().told('police', '2027-09-10T12:00', 'departedUnknown', {}).until('2027-09-15T03:00');
    planned();
    moves(given).until('2027-09-15T10:00');
    expect(given.mailsAbout('return-stopped')).toEqual(['2027-09-15T09:00 caseworker-1 overdue']);
  });

  it('is taken back by no notice, for it never left', () => {
    const given = inStage.reflection().told('police', '2027-09-10T12:00', 'departedUnknown', {}).until('2027-09-15T10:00');
    planned();
    const sent = given.notices.length;
    moves(given).corrects('supervisor', '2027-09-15T12:00', 'fact-2').until('2027-09-20');
    expect(given.notices.slice(sent).filter(({ partner }) => partner === 'iom')).toEqual([]);
    expect(given.mailsAbout('return-stopped')).toEqual([]);
  });

  function planned(): void {
    jest
      .spyOn(facts.departedUnknown as Required<typeof facts.departedUnknown>, 'notices')
      .mockReturnValue([{ partner: 'iom', kind: 'return-stopped' }]);
  }
});

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
