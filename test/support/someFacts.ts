import fc from 'fast-check';
import { dateOf, daysAfter, instantOf, latest, epoch, type Instant, type PlainDate } from '../../src/domain/basics/calendar';
import { may } from '../../src/domain/rights/rights';
import { whereIs } from '../../src/domain/rights/told';
import { allowedFacts } from '../../src/domain/case/decide';
import { factFields, factTypes, residences, type Fact, type FactType, type Field } from '../../src/domain/facts/catalogue';
import type { Situation } from '../../src/domain/state/situation';
import { allEffectiveFacts } from '../../src/domain/state/questions';
import { callerOf, localTime, type CaseOnTheClock, type Opening, type Teller } from './aCase';

/** One attempt to tell a fact, some time after the attempt before. It consists of numbers, so that fast-check can shrink a failing run. */
export interface Attempt {
  readonly minutesLater: number;
  readonly teller: number;
  readonly fact: number;
  readonly fields: number;
  readonly daysBack: number;
  /** Whether the attempt is a fact that leads on, an allowed fact, or any fact. */
  readonly kind: 'onward' | 'offered' | 'anything';
}

/** The tellers: every role that may tell some fact, and one of another office. */
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
  'inspectorate',
  'nidos',
  'youthCare',
  'iom',
  'dtv',
  'receiving',
  { id: 'allround-1', roles: ['caseworker', 'careCoordinator', 'supervisor'], office: 'amsterdam' },
  { id: 'caseworker-rotterdam-1', roles: ['caseworker'], office: 'rotterdam' },
];

/** The random start of a case: any person, at any hour, also near clock changes and month ends. */
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
    dependants: fc.constantFrom(0, 0, 2),
    asylumRequested: fc.boolean(),
    metBy: fc.constantFrom('police' as const, 'police' as const, 'shelter' as const),
    allround: fc.boolean(),
  })
  .map(({ day, time, metBy, asylumRequested, allround, ...person }) => ({
    registered: `${day}T${time}`,
    metBy,
    person: { ...person, ...(asylumRequested ? { asylumRequestedOn: '2027-03-01' as const } : {}) },
    team: allround ? { caseworker: 'allround-1', careCoordinator: 'allround-1' } : {},
  }));

/** A story of several facts. Most follow within days, some after weeks. */
export function someAttempts(maxLength: number): fc.Arbitrary<Attempt[]> {
  const minutesLater = fc.oneof(fc.nat(90), fc.nat(3 * 1440), fc.integer({ min: 0, max: 45 * 1440 }));
  const attempt = fc.record({
    minutesLater,
    teller: fc.nat(tellers.length - 1),
    fact: fc.nat(1000),
    fields: fc.nat(1000),
    daysBack: fc.oneof(fc.constant(0), fc.nat(20)),
    kind: fc.constantFrom('onward' as const, 'onward' as const, 'offered' as const, 'anything' as const),
  });
  return fc.array(attempt, { maxLength, size: 'max' });
}

/** Records the fact of an attempt if the case accepts it. */
export function attempt(
  given: CaseOnTheClock,
  { minutesLater, teller, fact, fields, daysBack, kind }: Attempt,
  isWanted: (type: FactType) => boolean = () => true,
): void {
  const at = laterBy(given.now, minutesLater);
  const situation = given.at(localTime(at));
  const { edition } = given.file.start;
  const where = whereIs(situation, edition);
  const offered = (by: Teller) => (may(callerOf(by), 'tell', where) === 'yes' ? allowedFacts(situation, callerOf(by), edition) : []);
  const one = tellers[teller % tellers.length] ?? 'police';
  const offers = kind === 'onward' ? tellers.map((by) => ({ by, types: offered(by) })) : [];
  const tellerOf = (type: FactType) => offers.find((each) => each.types.includes(type))?.by;
  const types = {
    onward: () => leadsOn.filter((type) => tellerOf(type) !== undefined),
    offered: () => offered(one),
    anything: () => factTypes,
  }[kind]();
  const wanted = types.filter(isWanted);
  const type = wanted[fact % wanted.length];
  if (type === undefined) return;
  const by = tellerOf(type) ?? one;
  const on = latest(given.file.start.indication.observedOn, daysAfter(dateOf(at), -daysBack));
  // Only a proposed route can be decided, and only an open task can be done. So the next choice may be one of these.
  const choices = Array.from({ length: 12 }, (_, next) => ({ ...fieldsOf(type, fields + next, situation, dateOf(at)), on }));
  const accepted = choices.find((each) => given.refusal(by, localTime(at), type, each) === null);
  if (accepted !== undefined) given.told(by, localTime(at), type, accepted);
}

/**
 * Facts that change the stage, except the journey and the end of the case, after which little follows. Facts that are seldom possible are
 * in the list more than once, so that stories also reach safe return and permits.
 */
const leadsOn: readonly FactType[] = [
  'reflectionStarted',
  'reflectionStarted',
  'routeDecided',
  'routeDecided',
  'routeDecided',
  'routeDecided',
  'routeProposed',
  'permitGranted',
  'declined',
  'returnStopped',
  'reflectionStarted',
  'reflectionDeclined',
  'eligibilityDecided',
  'cooperated',
  'declined',
  'cooperationEnded',
  'routeProposed',
  'routeDecided',
  'applicationSent',
  'applicationWithdrawn',
  'permitGranted',
  'permitRefused',
  'permitEnded',
  'returnRequested',
  'consentGiven',
  'returnStopped',
  'departedUnknown',
  'returnedToContact',
  'otherApplicationFiled',
  'otherApplicationRefused',
  'objectionFiled',
  'objectionDecided',
  'objectionDecided',
  'appealFiled',
  'appealDecided',
  'interimMeasureDecided',
  'reportingDutySet',
  'transferPlanned',
  'intakeCorrected',
  'reopened',
];

/** Optional fields of a fact, chosen by a number. */
export function fieldsOf(type: FactType, choice: number, situation: Situation, today: PlainDate): Partial<Fact> {
  if (type === 'corrected') return correctionOf(choice, situation, today);
  const fields: [string, Field][] = Object.entries(factFields[type]);
  return Object.fromEntries(
    fields
      .filter(([name]) => !name.endsWith('?') || choice % 3 === 0)
      .map(([name, field]) => [name.replace('?', ''), valueOf(field, choice, situation, today)]),
  );
}

/** A correction of an effective fact: taken back, with another day, or replaced by another fact. */
function correctionOf(choice: number, { effectiveFacts }: Situation, today: PlainDate): Partial<Fact> {
  const all = allEffectiveFacts(effectiveFacts).map(({ fact }) => fact);
  const wrong = all[all.length - 1 - (Math.floor(choice / 4) % Math.max(1, all.length))];
  if (wrong === undefined) return { replaces: 'fact-1', reason: 'mistake' };
  const { id, by: _, receivedAt: __, key: ___, officeTeam: ____, strikesOut: _____, ...fact } = wrong;
  const right = [undefined, fact, { ...fact, on: daysAfter(wrong.on, -1 - (choice % 5)) }, { type: 'legalAdviceTaken', on: today }][
    choice % 4
  ];
  return { replaces: id, reason: 'mistake', ...(right === undefined ? {} : { with: right }) };
}

function valueOf(field: Field, choice: number, { tasks, deadlines }: Situation, today: PlainDate): unknown {
  const oneOf = (values: readonly string[]) => values[choice % values.length];
  if (Array.isArray(field)) return oneOf(field as readonly string[]);
  if (typeof field === 'object') return [oneOf((field as { listOf: readonly string[] }).listOf)];
  switch (field) {
    case 'date':
      return daysAfter(today, choice % 300);
    case 'pastDate':
      return daysAfter(today, -(choice % 40));
    case 'country':
      return 'ZZ';
    case 'number':
      return choice % 3;
    case 'officeId':
      return 'amsterdam';
    case 'yesNo':
      return choice % 2 === 0;
    case 'confirmed':
      return true;
    case 'purpose':
      return oneOf(['returnDataExchange', 'policeContact', 'registration', 'placement', 'crossBorder:hungary']);
    case 'taskId':
      return oneOf(tasks.map(({ id }) => id));
    case 'deadlineId':
      return oneOf(deadlines.map(({ id }) => id)) ?? 'objection';
    case 'staffId':
      return oneOf(['caseworker-2', 'allround-1', 'supervisor-1', 'police-1']);
    case 'code':
      return 'x-1';
    case 'factId':
    case 'fact':
      return undefined;
  }
}

function laterBy(instant: Instant, minutes: number): Instant {
  return instantOf(epoch(instant) + minutes * 60_000);
}
