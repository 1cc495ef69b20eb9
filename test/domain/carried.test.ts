import fc from 'fast-check';
import { isFact, type LogEntry } from '../../src/domain/facts/log';
import { record, type CaseFile } from '../../src/domain/case/caseFile';
import { facts } from '../../src/domain/rules';
import { Refusal } from '../../src/domain/basics/refusal';
import type { Fact } from '../../src/domain/facts/catalogue';
import { caseInWords } from '../../src/domain/views/caseInWords';
import { pathwayView } from '../../src/domain/views/pathway';
import { sentenceOf, shownFields } from '../../src/domain/views/timeline';
import { rules } from '../../src/workflows/rules';
import { aCase, callerOf, instantOfWhen, localTime, type CaseOnTheClock } from '../support/aCase';
import { inStage } from '../support/inStage';
import { attempt, someAttempts, someOpening } from '../support/someFacts';

const build = 'aaaaaaaaaaaa';
const json = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
const movedOn = ({ file, now }: CaseOnTheClock): CaseFile => rules.takenOver(json(rules.carried(file, now, build)), now, build);

/** Something that a newer build recorded, as a build of today finds it after a roll-back. */
const somethingNew = (id: string, when: string): LogEntry =>
  ({
    type: 'somethingNew',
    on: '2030-01-01',
    secret: 'x-1',
    id,
    by: callerOf('caseworker'),
    receivedAt: instantOfWhen(when),
  }) as unknown as LogEntry;

describe('what a run hands to the next', () => {
  it('is all there is to a case, in every stage', () => {
    for (const given of Object.values(inStage).map((make) => make().until('2027-09-20'))) {
      const { situation, entries, start } = movedOn(given);
      expect({ situation, entries, start }).toEqual(
        json({ situation: given.file.situation, entries: given.file.entries, start: given.file.start }),
      );
    }
  });

  it('names its form and the build that wrote it', () => {
    const { file, now } = aCase();
    expect(rules.forms.reads).toContain(rules.forms.writes);
    expect(rules.carried(file, now, build)).toMatchObject({ version: rules.forms.writes, build });
    expect(rules.carried(file, now, undefined)).not.toHaveProperty('build');
  });

  it.each<[string, unknown, string]>([
    ['has a form that this build does not read', { version: 2 }, 'what is carried has form 2, and this build reads 1'],
    ['has no form', { version: 'x-1' }, 'what is carried has no known form, and this build reads 1'],
  ])('is no case of this build if it %s: the case waits for another build, and the error has no word of it', (_, other, message) => {
    const { file, now } = inStage.reflection();
    expect(() => rules.takenOver({ ...rules.carried(file, now, build), ...(other as object) }, now, build)).toThrow(new Error(message));
  });

  it('is no case of this build if it cannot be decrypted', () => {
    expect(() => rules.takenOver({ unreadable: 'x-1' }, aCase().now, build)).toThrow(new Error('the start of this run cannot be read'));
  });
});

describe('a fact that was recorded', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is there after a release that would refuse it', () => {
    const given = aCase().told('caseworker', '2027-09-02', 'consentGiven', { purpose: 'registration' }).startedReflection('2027-09-03');
    jest.replaceProperty(facts.consentGiven, 'possibleIn', []);
    const fact = { type: 'consentGiven', on: '2027-09-04', purpose: 'placement' } as const;
    expect(record(given.file, { fact, by: callerOf('caseworker'), receivedAt: given.now })).toBeInstanceOf(Refusal);
    const after = movedOn(given);
    expect(after.entries).toEqual(json(given.file.entries));
    expect(after.situation).toEqual(json(given.file.situation));
    expect(after.situation.consents).toContain('registration');
  });

  it('is there, and its case is shown, however impossible it is', () => {
    fc.assert(
      fc.property(someOpening, someAttempts(12), fc.nat(10), fc.constantFrom(...Object.values(inStage)), (opening, told, from, make) => {
        const given = aCase({ ...opening, post: 'closed' });
        told.forEach((each) => attempt(given, each));
        // The log of one case in another: nothing in it is judged.
        const other = make().file;
        const log = given.file.entries.slice(from);
        const carried = { ...rules.carried(other, given.now, build), entries: log };
        const after = rules.takenOver(json(carried), given.now, build);
        expect(after.entries).toEqual(json(log));
        isShown(after, localTime(given.now));
      }),
      { numRuns: 60 },
    );
  });

  it('blames no correction for its being impossible', () => {
    const given = aCase()
      .told('caseworker', '2027-09-02', 'contactMissed', {})
      .told('caseworker', '2027-09-03', 'consentGiven', { purpose: 'registration' });
    jest.replaceProperty(facts.consentGiven, 'possibleIn', []);
    expect(given.corrects('caseworker', '2027-09-04', 'fact-1').file.entries).toHaveLength(3);
    expect(given.situation.consents).toEqual(['registration']);
  });
});

describe('a fact of a type that only a newer build knows', () => {
  const withIt = (when: string, given: CaseOnTheClock): CaseOnTheClock => {
    const { file } = given.until(when);
    const entry = somethingNew(`fact-${file.entries.filter(isFact).length + 1}`, when);
    given.file = rules.takenOver(json({ ...rules.carried(file, given.now, build), entries: [...file.entries, entry] }), given.now, build);
    return given;
  };

  it('has no effect on the case, and is carried on', () => {
    const [without, given] = [inStage.reflection(), withIt('2027-09-10T12:00', inStage.reflection())];
    for (const each of [without, given]) each.told('caseworker', '2027-09-12', 'contactMissed', {});
    expect({ ...given.situation, effectiveFacts: null }).toEqual({ ...without.situation, effectiveFacts: null });
    expect(given.file.entries.map(({ id, type }) => `${id} ${type}`)).toEqual([
      'fact-1 reflectionStarted',
      'fact-2 somethingNew',
      'fact-3 contactMissed',
    ]);
    expect(movedOn(given).entries).toEqual(json(given.file.entries));
    expect(rules.told(given.file, given.now)).toMatchObject({ entries: 3, unknown: ['somethingNew'] });
  });

  it('is shown by its type and its dates, and none of its fields is', () => {
    const { file, now } = withIt('2027-09-10T12:00', inStage.reflection());
    const [, entry] = file.entries as [LogEntry, LogEntry & Fact];
    expect(sentenceOf(entry, 'en')).toBe(
      'A later version of this service recorded: something new. It has no effect now. That was on 1 January 2030.',
    );
    expect(sentenceOf(entry, 'nl')).toContain('something new');
    expect(shownFields(entry)).toEqual({ on: '2030-01-01' });
    isShown(file, localTime(now));
  });

  it('stays through corrections of facts before and after it', () => {
    const given = withIt('2027-09-10T12:00', inStage.reflection()).told('caseworker', '2027-09-12', 'contactMissed', {});
    given.corrects('caseworker', '2027-09-13', 'fact-3');
    given.corrects('supervisor', '2027-09-14', 'fact-1', { type: 'reflectionStarted', on: '2027-09-02' });
    expect(given.situation.period?.startedOn).toBe('2027-09-02');
    expect(given.file.entries.map(({ type }) => type)).toContain('somethingNew');
    isShown(movedOn(given), '2027-09-15');
  });

  it('cannot be corrected by a build that does not know it', () => {
    const given = withIt('2027-09-10T12:00', inStage.reflection());
    expect(given.refusal('supervisor', '2027-09-11', 'corrected', { replaces: 'fact-2', reason: 'mistake' })?.code).toBe(
      'fact-not-possible',
    );
  });

  it('may have been put in the place of a fact that was wrong, which then has no effect either', () => {
    const given = aCase().told('caseworker', '2027-09-02', 'consentGiven', { purpose: 'registration' });
    const right = { type: 'somethingNew', secret: 'x-1' } as never;
    given.file = {
      ...given.file,
      entries: [
        ...given.file.entries,
        {
          ...{ type: 'corrected', replaces: 'fact-1', reason: 'mistake', with: right, on: '2027-09-03', id: 'fact-2' },
          ...{ by: callerOf('caseworker'), receivedAt: instantOfWhen('2027-09-03') },
        },
      ],
    };
    const after = movedOn(given);
    expect(after.situation.consents).toEqual([]);
    expect(after.entries).toHaveLength(2);
    isShown(after, '2027-09-04');
    expect(JSON.stringify(after.entries.map((entry) => shownFields(entry as Fact)))).not.toContain('x-1');
  });

  it('that came by signal is kept and shown too', () => {
    const given = inStage.reflection();
    const signal = { id: 'signal-2', type: 'somethingSignalled', receivedAt: given.now } as unknown as LogEntry;
    given.file = { ...given.file, entries: [...given.file.entries, signal] };
    const after = movedOn(given);
    expect(after.situation.tasks).toEqual(json(given.file.situation.tasks));
    expect(after.entries).toHaveLength(2);
    expect(sentenceOf(signal, 'en')).toContain('something signalled');
  });
});

/** Every view of the case answers. */
function isShown(file: CaseFile, when: string): void {
  const now = instantOfWhen(when);
  for (const entry of file.entries) for (const language of ['nl', 'en'] as const) expect(sentenceOf(entry, language)).not.toBe('');
  expect(caseInWords(file, now)).not.toBe('');
  expect(pathwayView(file, now, callerOf('supervisor'), 'en').reference).toBe(file.start.reference);
  expect(rules.told(file, now).entries).toBe(file.entries.length);
}
