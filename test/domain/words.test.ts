import { editions } from '../../src/domain/policy/editions';
import { facts } from '../../src/domain/rules';
import { factFields, factTypes } from '../../src/domain/facts/catalogue';
import { roles } from '../../src/domain/basics/roles';
import type { MailClass } from '../../src/domain/state/outbox';
import { stages } from '../../src/domain/state/situation';
import {
  dateInWords,
  deadlineName,
  mailClassName,
  actionInWords,
  purposeInWords,
  roleName,
  stageName,
  taskTitle,
  type Language,
} from '../../src/domain/words';
import { codeWords } from '../../src/domain/words/codes';
import { deadlineNames, mailClassNames, noticeNames, roleNames, stageNames } from '../../src/domain/words/names';
import type { Words } from '../../src/domain/basics/language';
import { taskTitles } from '../../src/domain/words/tasks';

const languages: Language[] = ['nl', 'en'];

describe('the words in both languages', () => {
  it.each(languages)('name each task and each deadline of every edition in %s', (language) => {
    for (const { id } of editions.flatMap(({ tasks }) => tasks)) expect(taskTitle(id, language)).not.toBe(id);
    for (const { id } of editions.flatMap(({ deadlines }) => deadlines)) expect(deadlineName(id, language)).not.toBe(id);
  });

  it('name nothing that no edition has', () => {
    const rules = new Set(editions.flatMap(({ tasks }) => tasks.map(({ id }) => id)));
    expect(Object.keys(taskTitles).filter((id) => !rules.has(id))).toEqual(['added']);
    const deadlines = new Set(editions.flatMap((edition) => edition.deadlines.map(({ id }) => id)));
    expect(Object.keys(deadlineNames).filter((id) => !deadlines.has(id))).toEqual(['follow-up']);
  });

  it.each(languages)('exist in %s for each stage, role, mail class and code', (language) => {
    expect(stages.map((stage) => stageName(stage, language)).filter((name) => name === '')).toEqual([]);
    expect(roles.map((role) => roleName(role, language)).filter((name) => name === '')).toEqual([]);
    expect(mailClasses.map((each) => mailClassName(each, language)).filter((name) => name === '')).toEqual([]);
    for (const table of tables) for (const words of Object.values(table)) expect(words[language]).not.toBe('');
  });

  it('distinguish the alarm about an unsafe journey from the task to assess it', () => {
    const moment = { at: '2027-09-20T07:00:00Z', about: ['risk-assessed'], to: 'careCoordinator' } as const;
    expect(actionInWords({ ...moment, what: 'alarm' }, 'en')).toMatch(/The journey was found not safe$/);
    expect(actionInWords({ ...moment, what: 'reminder' }, 'en')).toMatch(/: Assess the risk of the journey$/);
  });

  it('name no notice like a task or a deadline', () => {
    expect(Object.keys(noticeNames).filter((kind) => kind in taskTitles || kind in deadlineNames)).toEqual([]);
  });

  it.each(languages)('distinguish any two tasks, deadlines and stages in %s', (language) => {
    // A row whose tasks bear the name of another row has the title of that one.
    const namesakes = new Set<string>(
      editions.flatMap(({ tasks }) => tasks.filter(({ namedAs }) => namedAs !== undefined).map(({ id }) => id)),
    );
    for (const table of [taskTitles, deadlineNames, stageNames, roleNames]) {
      const names = Object.entries(table).flatMap(([id, words]: [string, Words]) => (namesakes.has(id) ? [] : [words[language]]));
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('never call the person a victim', () => {
    const all = tables.flatMap((table) => Object.values(table).flatMap((words) => [words.en, words.nl]));
    expect(all.filter((text) => /(?<!possible )victim|(?<!mogelijk )slachtoffer/i.test(text))).toEqual([]);
  });

  it('number items that come again', () => {
    expect(taskTitle('reporting-duty-2', 'en')).toBe('Duty to report in person (2)');
    expect(taskTitle('added-1', 'nl')).toBe('Toegevoegde taak (1)');
    expect(deadlineName('objection-2', 'nl')).toBe('Termijn voor bezwaar (2)');
    expect(deadlineName('art12-complaint', 'en')).toBe('Term for a complaint against non-prosecution');
  });

  it('leave out the id of a task without a name', () => {
    expect(taskTitle('rule-of-tomorrow', 'nl')).toBe('rule-of-tomorrow');
  });

  it('name the purpose of a consent, and the partner abroad', () => {
    expect(purposeInWords('placement', 'en')).toBe('placement in a shelter');
    expect(purposeInWords('crossBorder:receiving', 'nl')).toBe('overdracht aan een partner over de grens: receiving');
  });

  it('write a date as people do', () => {
    expect(dateInWords('2027-12-07', 'en')).toBe('7 December 2027');
    expect(dateInWords('2028-02-29', 'nl')).toBe('29 februari 2028');
  });
});

describe('the sentence of a fact', () => {
  it.each(factTypes)('exists in both languages and names only the content of the fact: %s', (type) => {
    const { nl, en } = facts[type].says;
    const carried = Object.keys(factFields[type]).map((name) => name.replace('?', ''));
    const named = (sentence: string) => [...sentence.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
    expect(carried).toEqual(expect.arrayContaining(named(en)));
    expect(named(nl).sort()).toEqual(named(en).sort());
    for (const sentence of [nl, en]) expect(sentence.replace(/ \{with\}$/, '')).toMatch(/^[A-Z].+\.$/);
  });
});

const mailClasses = Object.keys(mailClassNames) as MailClass[];
const tables = [taskTitles, deadlineNames, stageNames, roleNames, mailClassNames, codeWords];
