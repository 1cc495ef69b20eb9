import fc from 'fast-check';
import { dateOf, daysAfter, instantOf, epoch, type Instant, type PlainDate } from '../../src/domain/calendar';
import { allowedFacts } from '../../src/domain/caseFile';
import { factFields, factTypes, residences, type Fact, type FactType, type Field } from '../../src/domain/facts/fields';
import type { Situation } from '../../src/domain/situation';
import { callerOf, localTime, type CaseOnTheClock, type Opening, type Teller } from './aCase';

/** One thing that somebody tells, or tries to, some time after the thing before; numbers, so that a failing run shrinks. */
export interface Attempt {
  readonly minutesLater: number;
  readonly teller: number;
  readonly fact: number;
  readonly fields: number;
  readonly daysBack: number;
  /** Whether he tells what is offered to him, or anything at all. */
  readonly asOffered: boolean;
}

/** Who tells: everybody whose word some fact takes, and one of another office. */
export const tellers: readonly Teller[] = [
  'caseworker',
  'careCoordinator',
  'police',
  'supervisor',
  'lawyer',
  'returnCounsellor',
  'ind',
  'prosecution',
  'kmar',
  'iom',
  'dtv',
  'receiving',
  { id: 'allround-1', roles: ['caseworker', 'careCoordinator', 'supervisor'], office: 'amsterdam' },
  { id: 'caseworker-rotterdam-1', roles: ['caseworker'], office: 'rotterdam' },
];

/** How a case may begin: whoever she is, at any hour, near clock changes and month ends too. */
export const someOpening: fc.Arbitrary<Opening> = fc
  .record({
    day: fc.constantFrom('2027-03-27', '2027-08-31', '2027-09-01', '2027-10-30', '2027-11-30', '2028-01-31', '2028-02-29'),
    time: fc.constantFrom('00:00', '08:59', '09:00', '09:01', '14:30', '23:59'),
    residence: fc.oneof(
      { weight: 3, arbitrary: fc.constant('noLawfulResidence' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...residences) },
    ),
    ageGroup: fc.constantFrom('adult' as const, 'minor' as const),
    unaccompanied: fc.boolean(),
    allround: fc.boolean(),
  })
  .map(({ day, time, allround, ...person }) => ({
    registered: `${day}T${time}`,
    person,
    team: allround ? { caseworker: 'allround-1', careCoordinator: 'allround-1' } : {},
  }));

/** A story of some facts; most follow within days, some after weeks. */
export function someAttempts(maxLength: number): fc.Arbitrary<Attempt[]> {
  const minutesLater = fc.oneof(fc.nat(90), fc.nat(3 * 1440), fc.integer({ min: 0, max: 45 * 1440 }));
  const attempt = fc.record({
    minutesLater,
    teller: fc.nat(tellers.length - 1),
    fact: fc.nat(1000),
    fields: fc.nat(1000),
    daysBack: fc.oneof(fc.constant(0), fc.nat(20)),
    asOffered: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  });
  return fc.array(attempt, { maxLength });
}

/** Lets somebody tell what an attempt says, where the case accepts it. */
export function attempt(given: CaseOnTheClock, { minutesLater, teller, fact, fields, daysBack, asOffered }: Attempt): void {
  const at = laterBy(given.now, minutesLater);
  const by = tellers[teller % tellers.length] ?? 'police';
  const situation = given.at(localTime(at));
  const offered = allowedFacts(situation, callerOf(by), given.file.start.edition);
  const types = asOffered ? offered : factTypes;
  const type = types[fact % types.length];
  if (type === undefined) return;
  const on = daysAfter(dateOf(at), -daysBack);
  const told = { ...fieldsOf(type, fields, situation, dateOf(at)), on } as never;
  if (given.refusal(by, localTime(at), type, told) === null) given.told(by, localTime(at), type, told);
}

/** Fields that a fact may carry, chosen by a number. */
export function fieldsOf(type: FactType, choice: number, situation: Situation, today: PlainDate): Partial<Fact> {
  const fields: [string, Field][] = Object.entries(factFields[type]);
  return Object.fromEntries(
    fields
      .filter(([name]) => !name.endsWith('?') || choice % 3 === 0)
      .map(([name, field]) => [name.replace('?', ''), valueOf(field, choice, situation, today)]),
  );
}

function valueOf(field: Field, choice: number, { tasks, deadlines }: Situation, today: PlainDate): unknown {
  const oneOf = (values: readonly string[]) => values[choice % values.length];
  if (Array.isArray(field)) return oneOf(field as readonly string[]);
  if (typeof field === 'object') return [oneOf((field as { listOf: readonly string[] }).listOf)];
  switch (field) {
    case 'date':
      return daysAfter(today, choice % 300);
    case 'yesNo':
      return choice % 2 === 0;
    case 'confirmed':
      return true;
    case 'purpose':
      return oneOf(['returnDataExchange', 'placement', 'crossBorder:hungary']);
    case 'taskId':
      return oneOf(tasks.map(({ id }) => id));
    case 'deadlineId':
      return oneOf(deadlines.map(({ id }) => id)) ?? 'objection';
    case 'staffId':
      return oneOf(['caseworker-2', 'allround-1', 'supervisor-1', 'police-1']);
    case 'code':
      return 'x-1';
  }
}

function laterBy(instant: Instant, minutes: number): Instant {
  return instantOf(epoch(instant) + minutes * 60_000);
}
