import { nextDueAt } from '../../src/domain/notifications/agenda';
import { dateOf, endOfDay, epoch, instantOf, type Instant } from '../../src/domain/basics/calendar';
import { record, refold, situationAt, type CaseFile } from '../../src/domain/case/caseFile';
import { factTypes, type Fact, type FactType } from '../../src/domain/facts/catalogue';
import { Refusal } from '../../src/domain/basics/refusal';
import { may } from '../../src/domain/rights/rights';
import { whereIs } from '../../src/domain/rights/told';
import { allowedFacts } from '../../src/domain/case/decide';
import { openStages, stages, type Situation, type Stage } from '../../src/domain/state/situation';
import { aCase, callerOf, type Opening, type Teller } from '../support/aCase';
import { fieldsOf, tellers } from '../support/someFacts';
import { helpTasks } from '../support/helpTasks';

/**
 * Walks every path through the fact table, to a depth. From each case it tries every allowed fact, a day later, with several values of its
 * fields. Two cases with equal situations, apart from tasks, are continued once. Random longer paths are in properties.test.ts.
 */
const openings = {
  'an adult without residence': { depth: 4, person: { residence: 'noLawfulResidence', ageGroup: 'adult' } },
  'an unaccompanied minor': { depth: 3, person: { residence: 'noLawfulResidence', ageGroup: 'minor', unaccompanied: true } },
  'a citizen of the Union': { depth: 3, person: { residence: 'euCitizen', ageGroup: 'adult' } },
  'a person in the Dublin procedure': { depth: 3, person: { residence: 'dublin', ageGroup: 'adult', asylumRequestedOn: '2027-08-20' } },
  'a person whom a shelter met': {
    depth: 3,
    metBy: 'shelter',
    person: { residence: 'noLawfulResidence', ageGroup: 'adult', dependants: 1 },
  },
} as const satisfies Readonly<Record<string, Opening & { readonly depth: number }>>;

describe.each(Object.keys(openings) as (keyof typeof openings)[])('every path through the case of %s', (who) => {
  let walk: ReturnType<typeof walked>;
  beforeAll(() => {
    const { depth, ...opening } = openings[who];
    walk = walked(aCase({ ...opening, post: 'closed' }).file, depth);
  });

  it('reaches every stage, in many cases', () => {
    expect(new Set(walk.cases.map(({ file }) => file.situation.stage))).toEqual(new Set(stages));
    expect(walk.cases.length).toBeGreaterThan(100);
  });

  it('can record each allowed fact', () => {
    expect(walk.impossible).toEqual([]);
  });

  it('changes stage by the clock only from reflection to decision', () => {
    const wrong = walk.cases.filter(({ file, at }) => {
      const { stage, period, result } = file.situation;
      const later = situationAt(file, daysAfter(at, 500));
      const silent = stage === 'reflection' && period !== null && endOfDay(period.endsOn) <= later.asOf;
      return later.stage !== (silent ? 'decision' : stage) || later.result !== result;
    });
    expect(wrong.map(pathOf)).toEqual([]);
  });

  it('plans all help once the person has left intake, whether or not they speak to the police', () => {
    const helped = walk.cases.filter(({ file }) => file.situation.entered.some(({ stage }) => !beforeOrAfterHelp.includes(stage)));
    expect(helped.length).toBeGreaterThan(50);
    const without = helped.filter(({ file }) => !helpTasks.every((help) => file.situation.tasks.some(({ rule }) => rule === help)));
    expect(without.map(pathOf)).toEqual([]);
  });

  it('never loses a task of help by an answer', () => {
    expect(walk.lostHelp).toEqual([]);
  });

  it('can be closed in every open stage, once the statutory tasks are ended', () => {
    const stuck = walk.cases.filter(({ file, at }) => file.situation.stage !== 'closed' && !canBeClosed(file, at));
    expect(stuck.map(pathOf)).toEqual([]);
  });

  it('gives the same case if the same facts are folded again', () => {
    for (const { file } of walk.cases) expect(refold(file.start, file.entries, { outbox: file.outbox }).situation).toEqual(file.situation);
  });

  it('leaves no open case without an upcoming action, except an intake with all tasks done', () => {
    const forgotten = walk.cases.filter(({ file, at }) => {
      const { stage, tasks } = situationAt(file, at);
      const settled = stage === 'intake' && tasks.every(({ end }) => end !== null);
      return openStages.includes(stage) && !settled && nextDueAt({ ...file, outbox: { ...file.outbox, opened: true } }, at) === null;
    });
    expect(forgotten.map(pathOf)).toEqual([]);
  });
});

/** Stages in which nobody is helped here. */
const beforeOrAfterHelp: readonly Stage[] = ['intake', 'contactLost', 'aftercare', 'closed'];

interface Walked {
  readonly file: CaseFile;
  readonly at: Instant;
}

const answers: readonly FactType[] = [
  'reflectionStarted',
  'reflectionDeclined',
  'eligibilityDecided',
  'cooperated',
  'declined',
  'cooperationEnded',
  'routeDecided',
  'departedUnknown',
  'otherApplicationFiled',
  'permitRefused',
  'otherApplicationRefused',
  'objectionDecided',
  'appealDecided',
  'consentWithdrawn',
];

/** All cases up to the depth, the allowed facts that were refused, and the help that an answer ended. */
function walked(opening: CaseFile, depth: number) {
  const cases: Walked[] = [];
  const impossible: string[] = [];
  const lostHelp: string[] = [];
  const known = new Set<string>();
  let edge: Walked[] = [{ file: opening, at: opening.start.registeredAt }];
  for (let step = 0; step <= depth; step += 1) {
    const fresh = edge.filter(({ file: { situation } }) => !known.has(withoutTasks(situation)) && known.add(withoutTasks(situation)));
    cases.push(...fresh);
    if (step === depth) break;
    edge = fresh.flatMap((from) => {
      const at = daysAfter(from.at, 1);
      return offersIn(from.file, at).flatMap(({ type, by }) => {
        const told = toldIn(from.file, { type, by }, at);
        if (told.length === 0) impossible.push(`${pathOf(from)} > ${type}`);
        if (answers.includes(type)) lostHelp.push(...told.filter((file) => losesHelp(from.file, file)).map((file) => pathOf({ file })));
        return told.map((file) => ({ file, at }));
      });
    });
  }
  return { cases, impossible, lostHelp };
}

/** Each allowed fact, with one caller who may tell it. */
function offersIn(file: CaseFile, at: Instant): { readonly type: FactType; readonly by: Teller }[] {
  const situation = situationAt(file, at);
  const offers = tellers
    .filter((by) => may(callerOf(by), 'tell', whereIs(situation, file.start.edition)) === 'yes')
    .map((by) => ({ by, types: new Set(allowedFacts(situation, callerOf(by), file.start.edition)) }));
  return factTypes.flatMap((type) => {
    const offer = offers.find(({ types }) => types.has(type));
    return offer === undefined ? [] : [{ type, by: offer.by }];
  });
}

/** The cases after a fact, with the first few accepted values of its fields. */
function toldIn(file: CaseFile, { type, by }: { readonly type: FactType; readonly by: Teller }, at: Instant): CaseFile[] {
  const situation = situationAt(file, at);
  const told: CaseFile[] = [];
  for (let choice = 0; choice < 60 && told.length < 4; choice += 1) {
    const on = dateOf(at);
    const after = record(file, { fact: { on, ...fieldsOf(type, choice, situation, on), type } as Fact, by: callerOf(by), receivedAt: at });
    if (!(after instanceof Refusal)) told.push(after);
  }
  return told;
}

/** The situation of a case without its tasks, dates and former facts. */
function withoutTasks({
  stage,
  period,
  cooperation,
  application,
  permit,
  proposal,
  eligible,
  minor,
  journey,
  referral,
  returnRequested,
  hidden,
  ground,
  objections,
  appeals,
}: Situation): string {
  return JSON.stringify([
    ...[stage, period?.end, cooperation !== null, application?.kind, permit?.kind, proposal?.route, eligible, minor, journey.declared],
    ...[journey.documentHandedIn, journey.travelOn !== null, referral?.running, returnRequested, hidden, ground, cooperation?.asylum],
    ...[objections.map(({ end, suspends }) => [end, suspends]), appeals.map(({ isDecided }) => isDecided)],
  ]);
}

function losesHelp(before: CaseFile, after: CaseFile): boolean {
  const open = ({ situation }: CaseFile) =>
    situation.tasks.filter(({ id, end }) => helpTasks.includes(id) && end === null).map(({ id }) => id);
  return open(before).some((id) => !open(after).includes(id));
}

/** A supervisor ends the statutory tasks and closes the case. */
function canBeClosed(from: CaseFile, at: Instant): boolean {
  const tell = (file: CaseFile, fact: Fact): CaseFile => {
    const after = record(file, { fact, by: callerOf('supervisor'), receivedAt: at });
    return after instanceof Refusal ? file : after;
  };
  const on = dateOf(at);
  const owed = situationAt(from, at).tasks.filter(({ statutory, end }) => statutory && end === null);
  const settled = owed.reduce((file, { id }) => tell(file, { type: 'taskCompleted', task: id, on }), from);
  return tell(settled, { type: 'closed', result: 'assisted', on }).situation.stage === 'closed';
}

function pathOf({ file }: Pick<Walked, 'file'>): string {
  return file.entries.map(({ type }) => type).join(' > ');
}

function daysAfter(at: Instant, days: number): Instant {
  return instantOf(epoch(at) + days * 86_400_000);
}
