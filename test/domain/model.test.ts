import { nextDueAt } from '../../src/domain/notifications/agenda';
import { dateOf, endOfDay, epoch, instantOf, type Instant } from '../../src/domain/basics/calendar';
import { record, refold, situationAt, type CaseFile } from '../../src/domain/case/caseFile';
import { factTypes, type Fact, type FactType } from '../../src/domain/facts/catalogue';
import { Refusal } from '../../src/domain/basics/refusal';
import { allowedFacts } from '../../src/domain/case/decide';
import { openStages, stages, type Situation } from '../../src/domain/state/situation';
import { aCase, callerOf, type Teller } from '../support/aCase';
import { fieldsOf, tellers } from '../support/someFacts';

/**
 * Every way through the table of facts, to a depth: from each case, everything that anybody may tell in it, a day later, with several
 * values of its fields. Two cases that stand the same way, whatever tasks they have, are walked on from once. Random ways that go
 * further are in properties.test.ts.
 */
const openings = {
  'an adult without residence': { depth: 4, person: { residence: 'noLawfulResidence', ageGroup: 'adult' } },
  'an unaccompanied minor': { depth: 3, person: { residence: 'noLawfulResidence', ageGroup: 'minor', unaccompanied: true } },
  'a citizen of the Union': { depth: 3, person: { residence: 'euCitizen', ageGroup: 'adult' } },
} as const;

describe.each(Object.keys(openings) as (keyof typeof openings)[])('every way through the case of %s', (who) => {
  let walk: ReturnType<typeof walked>;
  beforeAll(() => {
    const { person, depth } = openings[who];
    walk = walked(aCase({ person, post: 'closed' }).file, depth);
  });

  it('comes to every stage, and to many cases', () => {
    expect(new Set(walk.cases.map(({ file }) => file.situation.stage))).toEqual(new Set(stages));
    expect(walk.cases.length).toBeGreaterThan(100);
  });

  it('can tell each fact that is offered', () => {
    expect(walk.impossible).toEqual([]);
  });

  it('never has the clock decide: it leads from reflection to decision, and nowhere else', () => {
    const wrong = walk.cases.filter(({ file, at }) => {
      const { stage, period, result } = file.situation;
      const later = situationAt(file, daysAfter(at, 500));
      const silent = stage === 'reflection' && period !== null && endOfDay(period.endsOn) <= later.asOf;
      return later.stage !== (silent ? 'decision' : stage) || later.result !== result;
    });
    expect(wrong.map(pathOf)).toEqual([]);
  });

  it('never loses a task of help with an answer', () => {
    expect(walk.lostHelp).toEqual([]);
  });

  it('can be closed from every open stage, once what the law asks for is settled', () => {
    const stuck = walk.cases.filter(({ file, at }) => file.situation.stage !== 'closed' && !canBeClosed(file, at));
    expect(stuck.map(pathOf)).toEqual([]);
  });

  it('gives the same case when the same facts are folded anew', () => {
    for (const { file } of walk.cases) expect(refold(file.start, file.entries, { outbox: file.outbox }).situation).toEqual(file.situation);
  });

  it('leaves nobody in an open stage without a next moment, but where all that intake asks for is done', () => {
    const forgotten = walk.cases.filter(({ file, at }) => {
      const { stage, tasks } = situationAt(file, at);
      const settled = stage === 'intake' && tasks.every(({ end }) => end !== null);
      return openStages.includes(stage) && !settled && nextDueAt({ ...file, outbox: { ...file.outbox, opened: true } }, at) === null;
    });
    expect(forgotten.map(pathOf)).toEqual([]);
  });
});

interface Walked {
  readonly file: CaseFile;
  readonly at: Instant;
}

const help = [
  'safety-plan',
  'contact-person',
  'lawyer-offered',
  'medical-examination-tb',
  'care-plan',
  'legal-information',
  'options-talk',
];
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
];

/** All cases to the depth, what was offered and could not be told, and help that an answer ended. */
function walked(opening: CaseFile, depth: number) {
  const cases: Walked[] = [];
  const impossible: string[] = [];
  const lostHelp: string[] = [];
  const known = new Set<string>();
  let edge: Walked[] = [{ file: opening, at: opening.start.registeredAt }];
  for (let step = 0; step <= depth; step += 1) {
    const fresh = edge.filter(({ file: { situation } }) => !known.has(standing(situation)) && known.add(standing(situation)));
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

/** Each fact that somebody may tell, and one who may. */
function offersIn(file: CaseFile, at: Instant): { readonly type: FactType; readonly by: Teller }[] {
  const situation = situationAt(file, at);
  const offers = tellers
    .filter((by) => callerOf(by).office !== 'rotterdam')
    .map((by) => ({ by, types: new Set(allowedFacts(situation, callerOf(by), file.start.edition)) }));
  return factTypes.flatMap((type) => {
    const offer = offers.find(({ types }) => types.has(type));
    return offer === undefined ? [] : [{ type, by: offer.by }];
  });
}

/** The cases that a fact leads to, with the first few values of its fields that are accepted. */
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

/** How a case stands: all but its tasks, its dates and what was told of it once. */
function standing({
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
}: Situation): string {
  return JSON.stringify([
    ...[stage, period?.end, cooperation !== null, application?.kind, permit?.kind, proposal?.route, eligible, minor, journey.declared],
    ...[journey.documentHandedIn, journey.travelOn !== null, referral?.running, returnRequested],
  ]);
}

function losesHelp(before: CaseFile, after: CaseFile): boolean {
  const open = ({ situation }: CaseFile) => situation.tasks.filter(({ id, end }) => help.includes(id) && end === null).map(({ id }) => id);
  return open(before).some((id) => !open(after).includes(id));
}

/** A supervisor settles what the law asks for, and closes the case. */
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
