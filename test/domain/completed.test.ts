import { completed, type Later } from '../../src/domain/policy/completed';
import type { DeadlineRule, Edition, TaskRule } from '../../src/domain/policy/edition';
import { editions } from '../../src/domain/policy/editions';

type RequiredIn<T> = { [Member in keyof T]-?: object extends Pick<T, Member> ? never : Member }[keyof T] & string;

/**
 * The members that each part of an edition has to have. A new one does not compile here until it has a line. It is no member of 0.3.0, so
 * it says `completed` and gets its value in `completed.ts`; in a row it is optional instead (docs/decisions/0032-what-a-case-carries.md).
 */
type Required<T> = Readonly<Record<RequiredIn<T>, '0.3.0' | 'completed'>>;

const edition: Required<Edition> = {
  edition: '0.3.0',
  from: '0.3.0',
  source: '0.3.0',
  reflection: '0.3.0',
  permit: '0.3.0',
  humanitarianPermit: '0.3.0',
  safeReturn: '0.3.0',
  tasks: '0.3.0',
  deadlines: '0.3.0',
  reminders: '0.3.0',
  mail: '0.3.0',
  referral: '0.3.0',
  notices: '0.3.0',
};
const parts: {
  readonly [Part in 'reflection' | 'permit' | 'humanitarianPermit' | 'safeReturn' | 'mail' | 'referral' | 'notices']: Required<
    Edition[Part]
  >;
} = {
  reflection: { length: '0.3.0', lengthByGround: '0.3.0', source: '0.3.0', expirySource: '0.3.0' },
  permit: { maximum: '0.3.0', source: '0.3.0' },
  humanitarianPermit: { grounds: '0.3.0', source: '0.3.0' },
  safeReturn: { riskAssessmentValid: '0.3.0', source: '0.3.0' },
  mail: {
    ...{ digestAt: '0.3.0', digestTriedUntil: '0.3.0', mailedAtOnceWithin: '0.3.0', tryEvery: '0.3.0' },
    ...{ alarmToDeputyAfter: '0.3.0', unreachedAfter: '0.3.0', perhaps: '0.3.0', source: '0.3.0' },
  },
  referral: { chaseEvery: '0.3.0', source: '0.3.0' },
  notices: { overdue: '0.3.0', thenEvery: '0.3.0', source: '0.3.0' },
};
const reminders: Required<Edition['reminders']> = { task: '0.3.0', statutoryTask: '0.3.0', passedDeadline: '0.3.0', source: '0.3.0' };
const reminderDays: Required<Edition['reminders']['task']> = {
  ...{ soon: '0.3.0', due: '0.3.0', overdue: '0.3.0', escalated: '0.3.0', thenEveryMonday: '0.3.0' },
};
/** In the rows nothing can be completed. */
const rows: {
  readonly task: Readonly<Record<RequiredIn<TaskRule>, '0.3.0'>>;
  readonly deadline: Readonly<Record<RequiredIn<DeadlineRule>, '0.3.0'>>;
} = {
  task: { id: '0.3.0', kind: '0.3.0', appliesIn: '0.3.0', plannedBy: '0.3.0', due: '0.3.0', owner: '0.3.0', source: '0.3.0' },
  deadline: {
    ...{ id: '0.3.0', appliesIn: '0.3.0', startedBy: '0.3.0', length: '0.3.0', metBy: '0.3.0', liftedBy: '0.3.0' },
    ...{ warn: '0.3.0', onPassed: '0.3.0', source: '0.3.0' },
  },
};

describe('an edition that a case of an earlier release carries', () => {
  it('is the same object if it lacks nothing', () => {
    for (const each of editions) expect(completed(each)).toBe(each);
  });

  it('gets each member that came after 0.3.0', () => {
    const all: Record<string, Record<string, '0.3.0' | 'completed'>> = {
      ...{ '': edition, ...parts, reminders, 'reminders.task': reminderDays, 'reminders.statutoryTask': reminderDays },
      ...{ task: rows.task, deadline: rows.deadline },
    };
    const later = Object.entries(all).flatMap(([part, members]) =>
      Object.entries(members).flatMap(([member, since]) => (since === 'completed' ? [[part, member].filter(Boolean).join('.')] : [])),
    );
    const lacking = editions.map((each) => without(each, later));
    expect(lacking.map((each) => missingIn(completed(each), later))).toEqual(editions.map(() => []));
  });

  it('is completed at any depth, and never changed otherwise', () => {
    const [before] = editions;
    if (before === undefined) throw new Error('there is no edition');
    const later = { source: 'x', mail: { tryEvery: 'PT1M', quietOn: ['P1D'] }, holidays: { days: 7 } } as Later<Edition>;
    expect(completed(before, later)).toEqual({ ...before, mail: { ...before.mail, quietOn: ['P1D'] }, holidays: { days: 7 } });
  });
});

function without(edition: Edition, members: readonly string[]): Edition {
  const copy = structuredClone(edition);
  for (const path of members) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    Reflect.deleteProperty(at(copy, names) as object, last);
  }
  return copy;
}

function missingIn(edition: Edition, members: readonly string[]): string[] {
  return members.filter((path) => at(edition, path.split('.')) === undefined);
}

function at(edition: Edition, names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>>)[name], edition);
}
