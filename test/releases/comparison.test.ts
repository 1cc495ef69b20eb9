import { daysAfter, type PlainDate } from '../../src/domain/basics/calendar';
import { compared, type Finding, type Ruling } from '../../src/releases/comparison';
import { Tally } from '../../src/releases/tally';
import { rules, type BuildRules, type ToldItem } from '../../src/workflows/rules';
import type { Stage } from '../../src/domain/state/situation';
import type { PathwayStart } from '../../src/workflows/messages';
import { aCase } from '../support/aCase';
import { inStage } from '../support/inStage';

const { file, now } = aCase().until('2027-09-05T12:00');
const today: Ruling = { build: 'aaaaaaaaaaaa', rules };

describe('a rehearsal finds', () => {
  it('nothing where the rules are the same', () => {
    expect(comparedWith({})).toEqual([]);
  });

  it('a target that cannot read the case', () => {
    const throws = () => {
      throw new Error('no');
    };
    expect(comparedWith({ takenOver: throws })).toEqual([{ kind: 'unfoldable' }]);
  });

  it('a field that the target loses at once, or at the next rest', () => {
    const loses = { ...file, outbox: { ...file.outbox, lastDigestOn: {} } };
    expect(comparedWith({ takenOver: () => loses })).toContainEqual({ kind: 'lost', field: 'outbox.lastDigestOn' });
    const forgets = { ...file, outbox: { ...file.outbox, notifiedThrough: {} } };
    expect(comparedWith({ takenOver: () => forgets })).toContainEqual({ kind: 'lost', field: 'outbox.notifiedThrough' });
    expect(comparedWith({ takenOver: () => ({ ...file, start: { ...file.start, team: {} } }) })).toContainEqual({
      kind: 'lost',
      field: 'start',
    });
    const carried: BuildRules['carried'] = (...asked) => ({ ...rules.carried(...asked), entries: [] });
    expect(comparedWith({ carried }, withAFact())).toContainEqual({ kind: 'lost', field: 'entries' });
  });

  it('another stage, and a fact that only the old build knows', () => {
    const told: BuildRules['told'] = (...asked) => ({ ...rules.told(...asked), stage: 'decision', unknown: ['housingFound'] });
    expect(comparedWith({ told })).toEqual([
      { kind: 'stage', from: 'intake', to: 'decision' },
      { kind: 'unknown', type: 'housingFound' },
    ]);
  });

  it('dates that move, without the number in the id of an item', () => {
    const moved = comparedWith({ told: withItems((items) => ({ ...items, 'talk-4': task('2027-09-10') })) }, file, {
      told: withItems((items) => ({ ...items, 'talk-4': task('2027-09-12') })),
    });
    expect(moved).toEqual([{ kind: 'moves', item: 'talk', from: '2027-09-12', to: '2027-09-10' }]);
  });

  it('tasks that come and go, end and open again', () => {
    const before = withItems(() => ({ goes: task('2027-09-10'), ends: task('2027-09-10'), opened: task('2027-09-10', false) }));
    const after = withItems(() => ({ comes: task('2027-09-10'), ends: task('2027-09-10', false), opened: task('2027-09-10') }));
    expect(comparedWith({ told: after }, file, { told: before })).toEqual([
      { kind: 'goes', item: 'goes', what: 'task' },
      { kind: 'ends', item: 'ends', what: 'task' },
      { kind: 'opensAgain', item: 'opened', what: 'task' },
      { kind: 'comes', item: 'comes', what: 'task' },
    ]);
  });

  it.each(Object.keys(inStage) as Stage[])('no loss where a task is planned no more, of which people were told: %s', (stage) => {
    const given = inStage[stage]().until('2027-09-20T23:59');
    const [id] = given.openTasks().filter((each) => given.mailsAbout(each).length > 0);
    const { edition } = given.file.start;
    const without = { ...edition, tasks: edition.tasks.filter((rule) => rule.id !== id) };
    const takenOver: BuildRules['takenOver'] = (input, ...asked) => {
      const { start, ...carried } = input as PathwayStart;
      return { ...rules.takenOver({ ...carried, start: { ...start, edition: without } }, ...asked), start };
    };
    const found = compared(given.file, today, { build: 'bbbbbbbbbbbb', rules: { ...rules, takenOver } }, given.now);
    expect(found.filter(({ kind }) => kind === 'lost' || kind === 'unfoldable')).toEqual([]);
    if (id !== undefined) expect(found).toContainEqual({ kind: 'goes', item: id, what: 'task' });
  });

  it('the letters that the move itself would send, and not those that were due anyway', () => {
    const tells =
      (leaving: readonly string[], held: readonly string[]): BuildRules['told'] =>
      (...asked) => ({ ...rules.told(...asked), leaving, held });
    const before = { told: tells(['digest/1', 'alarm/1'], ['caseworker-1 talk', 'caseworker-1 interpreter']) };
    expect(comparedWith({ told: tells(['digest/1', 'alarm/2'], ['caseworker-1 talk', 'supervisor-1 talk']) }, file, before)).toEqual([
      { kind: 'leaving', number: 1 },
      { kind: 'held', number: 1 },
    ]);
    expect(comparedWith({ told: tells(['digest/1'], []) }, file, before)).toEqual([]);
  });
});

describe('a rehearsal tells', () => {
  it('how many cases meet a change, and never which', () => {
    const tally = new Tally();
    for (const reference of ['BT-1', 'BT-2'])
      tally.add(reference, [
        { kind: 'moves', item: 'safety-plan', from: '2026-12-02', to: '2026-11-24' },
        { kind: 'leaving', number: 2 },
      ]);
    expect(told(tally)).toEqual([
      '0 cannot be folded',
      '4 letters that the move itself would send',
      '2 safety-plan: 2026-12-02 -> 2026-11-24',
      '0 items held for the next digests',
    ]);
  });

  it('many pairs of dates by the days that they move', () => {
    const tally = new Tally();
    for (let day = 0; day < 9; day += 1) tally.add(`BT-${day}`, [movesFrom(daysAfter('2026-12-02', day))]);
    expect(told(tally)).toContain('9 safety-plan: 8 days earlier');
  });

  it('first what forbids the release', () => {
    const tally = new Tally();
    tally.add('BT-1', [movesFrom('2026-12-02')]);
    tally.add('BT-2', [movesFrom('2026-12-02'), { kind: 'stage', from: 'intake', to: 'closed' }]);
    expect(tally.counts().filter(({ isRed, number }) => isRed && number > 0)).toEqual([
      { words: 'stage: intake -> closed', number: 1, isRed: true, references: ['BT-2'] },
    ]);
    expect(told(tally)[0]).toBe('1 stage: intake -> closed');
  });
});

type Rules = Partial<Ruling['rules']>;

function comparedWith(changed: Rules, of = file, before: Rules = {}): readonly Finding[] {
  const from = { ...today, rules: { ...rules, ...before } };
  return compared(of, from, { build: 'bbbbbbbbbbbb', rules: { ...rules, ...changed } }, now);
}

type Items = Readonly<Record<string, ToldItem>>;

function withItems(change: (items: Items) => Items): BuildRules['told'] {
  return (...asked) => {
    const as = rules.told(...asked);
    return { ...as, items: change(as.items) };
  };
}

function task(due: string, isOpen = true): ToldItem {
  return { kind: 'task', due, isOpen };
}

function movesFrom(from: PlainDate): Finding {
  return { kind: 'moves', item: 'safety-plan', from, to: daysAfter(from, -8) };
}

function withAFact() {
  return aCase().completed('2027-09-02T10:00', 'interpreter').file;
}

function told(tally: Tally): string[] {
  return tally.counts().map(({ number, words }) => `${number} ${words}`);
}
