import type { PlainDate } from '../../src/domain/basics/calendar';
import { editions } from '../../src/domain/policy/editions';
import { factTypes } from '../../src/domain/facts/catalogue';
import { letterText, noticeText, serviceName } from '../../src/domain/notifications/mailText';
import { steps, type Item, type StepName } from '../../src/domain/state/outbox';
import { noticeKinds } from '../../src/domain/state/situation';
import type { Language } from '../../src/domain/words';

const languages: Language[] = ['nl', 'en'];
const day: PlainDate = '2027-12-06';
const frame = { reference: 'BT-7K3M-9QX2-4HTW-8', link: 'https://cases.example.org/v1/pathways/BT-7K3M-9QX2-4HTW-8', today: day };

describe('a letter to staff', () => {
  it.each(steps.flatMap((step) => languages.map((language) => [step, language] as const)))(
    'about any item at the step %s in %s contains only these words',
    (step, language) => {
      for (const about of everythingToBeAbout) {
        for (const next of ['supervisor', null] as const) {
          const numbered = step === 'alarm' ? numbers : [undefined];
          const texts = numbered.map((each) =>
            letterText({ ...letter(item(about, step), item('another-item', step)), numbered: each }, { ...frame, language, next }),
          );
          const said = texts.map(({ subject, text }) => `${subject} ${text}`).join(' ');
          expect(unknownWords(`${said} ${serviceName(language)}`, language)).toEqual([]);
        }
      }
    },
  );

  it.each(languages)('is the same in %s whatever it is about', (language) => {
    for (const step of steps) {
      const texts = everythingToBeAbout.map((about) =>
        JSON.stringify(letterText(letter(item(about, step)), { ...frame, language, next: 'supervisor' })),
      );
      expect(new Set(texts).size).toBe(1);
    }
  });

  it('counts items of one class and date, the most urgent first', () => {
    const items = [
      item('care-plan', 'planned', '2027-12-20'),
      item('safety-plan', 'due'),
      item('interpreter', 'soon', '2027-12-07'),
      item('contact-person', 'due'),
      item('objection', 'warning', '2027-12-20'),
      item('safe-bed', 'overdue', '2027-12-05'),
    ];
    expect(lines(letter(...items), 'en')).toEqual([
      '- 1 action was due on 5 December 2027',
      '- 2 actions are due on 6 December 2027',
      '- 1 action is due on 7 December 2027',
      '- 1 date is coming: 20 December 2027',
      '- 1 new action, by 20 December 2027',
    ]);
  });

  it('says of items that are late for a colleague and escalated to its reader only that', () => {
    const both = letter({ ...item('guardian', 'overdue'), responsible: 'care-coordinator-1' }, item('guardian', 'escalated'));
    expect(lines(both, 'en')).toEqual(lines(letter(item('guardian', 'escalated')), 'en'));
  });

  it('counts an item once if two colleagues forward it to the same reader', () => {
    const twice = letter(item('reflection-period', 'warning'), {
      ...item('reflection-period', 'warning'),
      responsible: 'care-coordinator-1',
    });
    expect(lines(twice, 'en')).toEqual(['- 1 date is coming: 6 December 2027']);
    expect(letterText(twice, { ...frame, language: 'en', next: null }).text).toContain('Items: 1\n');
  });

  it.each<[StepName, string, string]>([
    ['planned', 'nieuwe actie, uiterlijk', 'new action, by'],
    ['soon', 'actie moet klaar zijn op', 'action is due on'],
    ['due', 'actie moet klaar zijn op', 'action is due on'],
    ['overdue', 'actie had klaar moeten zijn op', 'action was due on'],
    ['escalated', 'actie die nu bij u komt had klaar moeten zijn op', 'action that now comes to you was due on'],
    ['warning', 'datum nadert:', 'date is coming:'],
    ['expired', 'datum is verstreken:', 'date has passed:'],
    ['alarm', 'punt vraagt direct uw aandacht:', 'item needs your attention at once:'],
  ])('says the step %s in neutral words', (step, nl, en) => {
    expect(lines(letter(item('safety-plan', step)), 'nl')).toEqual([`- 1 ${nl} 6 december 2027`]);
    expect(lines(letter(item('safety-plan', step)), 'en')).toEqual([`- 1 ${en} 6 December 2027`]);
  });

  it('shows as overdue an item that is new to its reader and was already due', () => {
    expect(lines(letter(item('safety-plan', 'planned', '2027-12-01')), 'en')).toEqual([
      '- 1 new action, its date has passed: 1 December 2027',
    ]);
    expect(lines(letter(item('safety-plan', 'planned', day)), 'en')).toEqual(['- 1 new action, by 6 December 2027']);
  });

  it.each<[StepName, string, string, string, string]>([
    ['planned', '1 nieuwe actie', '4 nieuwe acties', '1 new action', '4 new actions'],
    ['overdue', '1 actie nodig', '4 acties nodig', '1 action is due', '4 actions are due'],
    ['warning', '1 datum nadert', '4 data naderen', '1 date is coming', '4 dates are coming'],
    ['expired', '1 datum verstreken', '4 data verstreken', '1 date has passed', '4 dates have passed'],
    [
      'alarm',
      '1 punt vraagt direct uw aandacht',
      '4 punten vragen direct uw aandacht',
      '1 item needs your attention at once',
      '4 items need your attention at once',
    ],
  ])('at the step %s counts in its subject', (step, ...[oneInDutch, manyInDutch, one, many]) => {
    const subject = (language: Language, items: readonly Item[]) =>
      letterText(letter(...items), { ...frame, language, next: null }).subject;
    const four = ['a', 'b', 'c', 'd'].map((about) => item(about, step));
    expect(['nl' as const, 'en' as const].flatMap((language) => [subject(language, four.slice(0, 1)), subject(language, four)])).toEqual(
      [oneInDutch, manyInDutch, one, many].map((words) => `${words} (${frame.reference})`),
    );
  });

  it('with an alarm gives its number of that day for its reader, and its time, in subject and text', () => {
    const alarm = (language: Language, number: number, today: PlainDate = day) =>
      letterText(
        { ...letter(item('a', 'alarm'), item('b', 'alarm')), numbered: { at: '2027-12-06T13:05:00Z', number } },
        { ...frame, language, next: null, today },
      );
    expect(alarm('nl', 2).subject).toBe(`2 punten vragen direct uw aandacht - tweede van vandaag, 14:05 (${frame.reference})`);
    expect(alarm('nl', 2).text).toContain('\nBericht: tweede van vandaag, 14:05\n');
    expect(alarm('en', 2).subject).toBe(`2 items need your attention at once - second of today, 14:05 (${frame.reference})`);
    expect(alarm('en', 2).text).toContain('\nMessage: second of today, 14:05\n');
    expect(alarm('nl', 11).subject).toContain(' - nummer 11 van vandaag, 14:05 ');
    expect(alarm('en', 11).subject).toContain(' - number 11 of today, 14:05 ');
  });

  it('with an alarm that leaves on a later day says of which day it is', () => {
    const alarm = (language: Language) =>
      letterText(
        { ...letter(item('a', 'alarm')), numbered: { at: '2027-12-06T13:05:00Z', number: 1 } },
        { ...frame, language, next: null, today: '2027-12-07' },
      ).subject;
    expect(alarm('nl')).toBe(`1 punt vraagt direct uw aandacht - eerste van 6 december 2027, 14:05 (${frame.reference})`);
    expect(alarm('en')).toBe(`1 item needs your attention at once - first of 6 December 2027, 14:05 (${frame.reference})`);
  });

  it('has the subject of its most urgent items, and counts these', () => {
    const subject = (...items: Item[]) => letterText(letter(...items), { ...frame, language: 'en', next: null }).subject;
    expect(subject(item('a', 'planned'))).toBe('1 new action (BT-7K3M-9QX2-4HTW-8)');
    expect(subject(item('a', 'planned'), item('b', 'overdue'))).toBe('1 action is due (BT-7K3M-9QX2-4HTW-8)');
    expect(subject(item('a', 'warning'), item('b', 'overdue'))).toBe('1 date is coming (BT-7K3M-9QX2-4HTW-8)');
    expect(subject(item('a', 'escalated'), item('b', 'warning'))).toBe('1 date has passed (BT-7K3M-9QX2-4HTW-8)');
    expect(subject(item('a', 'escalated'), item('b', 'alarm'))).toBe('1 item needs your attention at once (BT-7K3M-9QX2-4HTW-8)');
    expect(subject(item('a', 'due'), item('b', 'overdue'), item('c', 'planned'))).toBe('2 actions are due (BT-7K3M-9QX2-4HTW-8)');
    expect(subject(item('a', 'due'), { ...item('a', 'due'), responsible: 'police-1' })).toBe('1 action is due (BT-7K3M-9QX2-4HTW-8)');
  });
});

describe('a notice to a partner', () => {
  it.each(languages.flatMap((language) => noticeKinds.map((kind) => [kind, language] as const)))(
    'of the kind %s contains in %s reference, kind, date and link, and its subject not even the kind',
    (kind, language) => {
      const { subject, text } = noticeText({ kind, on: day }, { ...frame, language });
      expect(unknownWords(subject, language)).toEqual([]);
      expect(unknownWords(text.replace(kind, ''), language, ofNotices)).toEqual([]);
      const lines = { nl: `^Betreft: .+\nSoort: ${kind}$`, en: `^About: .+\nKind: ${kind}$` }[language];
      expect(text).toMatch(new RegExp(lines, 'm'));
    },
  );
});

/** More items than the letter has words for, of today and of another day. */
const numbers = (['2027-12-06T13:05:00Z', '2027-12-05T13:05:00Z'] as const).flatMap((at) =>
  Array.from({ length: 12 }, (_, before) => ({ at, number: before + 1 })),
);

/** All subjects of an item: tasks, deadlines, notices and facts. */
const everythingToBeAbout = [
  ...editions.flatMap(({ tasks, deadlines }) => [...tasks, ...deadlines].map(({ id }) => id)),
  ...factTypes.map((type) => type.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)),
  ...noticeKinds,
];

/** Every word that a letter may contain. Before you add one, ask: could it harm the person if somebody else reads it? */
const allowed: Readonly<Record<Language, string>> = {
  en: `a about action actions after an and announcement are at attention by come comes coming consent corrected date dates delete
    departure due earlier fifth first for fourth goes has have in is item items its journey kind log m meant message need needed needs
    new next nobody not notice now number of on once open passed preparation reference referral reminder second service stays stopped
    supervisor tell that the their there they third this to today wait was were what which with withdrawn you your december`,
  nl: `aandacht aankondiging aantal actie acties bericht bestemd betreft bij blijft daarna data datum de derde die direct dit een eerder
    eerste en er gaat gestopt had hadden herinneringsdienst hersteld het ingetrokken inloggen is kenmerk klaar komen komt leidinggevende
    m meld met moet moeten na naar naderen nadert niemand niet nieuwe nodig nu nummer om op open punt punten reis soort toestemming
    tweede u uiterlijk uw van vandaag verstreken vertrek verwijder verwijzing vierde vijfde voor voorbereiding vraagt vragen waar wacht
    wat zijn december`,
};

/** Words of a notice alone, which the code of its kind says already (docs/policy.md, section 5). */
const ofNotices: Readonly<Record<Language, string>> = {
  en: 'announced cooperation period reflection registration',
  nl: 'aangekondigd aanmelding bedenktijd medewerking',
};

function unknownWords(text: string, language: Language, more = { en: '', nl: '' }): string[] {
  const known = new Set(`${allowed[language]} ${more[language]}`.split(/\s+/));
  const words =
    text
      .replaceAll(frame.link, '')
      .replaceAll(frame.reference, '')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.filter((word) => !known.has(word));
}

function lines(of: Parameters<typeof letterText>[0], language: Language): string[] {
  return letterText(of, { ...frame, language, next: null })
    .text.split('\n')
    .filter((line) => line.startsWith('-'));
}

function letter(...items: readonly Item[]) {
  return { day, items };
}

function item(about: string, step: StepName, date: PlainDate = day): Item {
  return { about, step, date, responsible: 'caseworker-1' };
}
