import { policies } from '../../src/casework/policies';
import { findEdition, editions } from '../../src/domain/policy/editions';
import { caseInWords } from '../../src/domain/views/caseInWords';
import { certificateOf, type Certificate } from '../../src/domain/views/certificate';
import { pathwayView } from '../../src/domain/views/pathway';
import { aCase, callerOf, type CaseOnTheClock, type Opening } from '../support/aCase';

const readOf2015 = 'This term was read in the text of the act as of 2015.';

describe('a doubt about a rule', () => {
  it('stands in the certificate and beside the date of the case, in the language of the reader', () => {
    const given = refused();
    expect(certificate(given, 'objection').doubts).toEqual([{ nl: 'Deze termijn is nagelezen in de wettekst van 2015.', en: readOf2015 }]);
    expect(shown(given, 'objection', 'en')).toEqual([readOf2015]);
    expect(shown(given, 'objection', 'nl')).toEqual(['Deze termijn is nagelezen in de wettekst van 2015.']);
    expect(caseInWords(given.file, given.now)).toMatch(/Term for an objection \(.*in doubt\)/);
  });

  it('about the start of the period is shown with the period; of an asylum seeker, that lawful stay is another one', () => {
    const period = (opening: Opening) => shown(aCase(opening).startedReflection('2027-09-01T11:00'), 'reflection-period', 'en');
    expect(period({})).toEqual(['The text names no moment at which the period begins.']);
    expect(period({ person: { residence: 'asylumSeeker' } })).toHaveLength(2);
  });

  it('about the renewal of a humanitarian permit is shown with the end of that permit alone', () => {
    const granted = (route: 'humanitarianPermit' | null) => {
      const given = aCase().startedReflection('2027-09-01T11:00');
      const applied = route === null ? given.cooperated('2027-09-05') : given.took('2027-09-05', route);
      return shown(applied.granted('2027-09-10', '2028-09-09'), 'permit-end', 'en');
    };
    expect(granted('humanitarianPermit')).toEqual([
      'The text excludes a renewal of this permit; newer public guidance calls a renewal possible.',
    ]);
    expect(granted(null)).toEqual([]);
  });

  it('names every term that was read in the act of 2015, and the one that was not read', () => {
    for (const id of ['ind-decision', 'objection', 'objection-decision', 'appeal', 'departure-term', 'further-appeal'])
      expect(findEdition('NL-2023-05')?.deadlines.find((rule) => rule.id === id)?.doubt).toBeDefined();
  });

  it('is listed for each edition, part by part', () => {
    const listed = policies({ caller: callerOf('caseworker'), now: '2027-09-01T08:00:00Z', request: { id: 'a', trace: 'b' } });
    const about = (name: string) => listed.find(({ edition }) => edition === name)?.doubts.map((doubt) => doubt.about);
    expect(about('NL-2023-05')).toEqual(expect.arrayContaining(['reflection', 'asylumSeeker', 'humanitarianPermit', 'minority', 'appeal']));
    expect(about('NL-2023-05')).not.toContain('edition');
    expect(about('NL-2015-10')).not.toContain('minority');
  });
});

describe('an edition that nobody has confirmed', () => {
  it('says so of itself, and beside every date that it makes', () => {
    for (const name of ['NL-2026-06', 'NL-2026-07']) {
      const given = aCase({ edition: edition(name) }).startedReflection('2027-09-01T11:00');
      expect(shown(given, 'reflection-period', 'en')[0]).toBe('Nobody has confirmed this edition.');
      expect(certificate(given, 'reflection-period').confirmedOn).toBeNull();
    }
  });

  it('is never the edition of a case that names none', () => {
    expect(aCase().file.start.edition.edition).toBe('NL-2023-05');
    expect(editions[0]?.doubt).toBeUndefined();
  });

  it('doubts the length of the period and the transfer where another State is responsible', () => {
    const given = aCase({ edition: edition('NL-2026-06'), person: { residence: 'dublin' } })
      .told('lawyer', '2027-09-02', 'transferTermSet', { until: '2028-02-01' })
      .startedReflection('2027-09-03T11:00');
    const unread = 'Nobody has read whether this term still holds under the regulation of 2024.';
    expect(shown(given, 'reflection-period', 'en')).toContain(unread);
    expect(shown(given, 'transfer-term', 'en')).toContain(unread);
    expect(shown(aCase({ edition: edition('NL-2026-06') }).startedReflection('2027-09-03T11:00'), 'reflection-period', 'en')).not.toContain(
      unread,
    );
  });
});

describe('a rule that somebody confirmed', () => {
  it('says since when, in the certificate and in the list of editions', () => {
    const nl = edition('NL-2023-05');
    const deadlines = nl.deadlines.map((rule) => (rule.id === 'objection' ? { ...rule, confirmedOn: '2027-01-15' as const } : rule));
    const given = refused({ edition: { ...nl, deadlines } });
    expect(certificate(given, 'objection').confirmedOn).toBe('2027-01-15');
  });
});

describe('the certificate of a deadline', () => {
  it('of the period says when the period was offered', () => {
    const given = aCase().startedReflection('2027-09-02T11:00');
    expect(remarks(given, 'reflection-period')).toEqual(['The reflection period was offered on 2 September 2027.']);
  });

  it('of the term of IND says that the application counts from the day on which the M55 was sent', () => {
    const given = aCase().cooperated('2027-09-02').completed('2027-09-03', 'm55-cooperation-notice');
    expect(remarks(given, 'ind-decision')).toEqual(['The application counts from the day on which the M55 was sent.']);
    const longerStay = aCase()
      .cooperated('2027-09-02')
      .told('ind', '2027-09-06', 'permitGranted', { from: '2027-09-06', until: '2028-09-05' })
      .told('caseworker', '2028-06-01', 'applicationSent', { kind: 'longerStay' });
    expect(remarks(longerStay, 'ind-decision')).toEqual([]);
  });

  it('of the complaint says "earliest reading", unless it is known when the person knew of the notice', () => {
    const dismissed = (knownOn?: '2027-09-20') =>
      aCase().told('prosecution', '2027-09-20', 'caseDismissed', { on: '2027-09-10', formalNotice: true, knownOn });
    expect(remarks(dismissed(), 'art12-complaint')[0]).toMatch(/^Earliest reading/);
    expect(certificate(dismissed(), 'art12-complaint')).toMatchObject({ startedOn: '2027-09-10', date: '2027-12-10' });
    expect(remarks(dismissed('2027-09-20'), 'art12-complaint')).toEqual([]);
    expect(certificate(dismissed('2027-09-20'), 'art12-complaint')).toMatchObject({ startedOn: '2027-09-20', date: '2027-12-20' });
  });

  it('of the end of a permit says how far a withdrawal may reach back, once the criminal case was dismissed', () => {
    const given = aCase().cooperated('2027-09-02').granted('2027-09-10', '2028-09-09');
    expect(remarks(given, 'permit-end')).toEqual([]);
    given.told('prosecution', '2027-10-01', 'caseDismissed', { formalNotice: false });
    expect(remarks(given, 'permit-end')).toEqual([
      'A withdrawal of the permit may reach back to 1 October 2027, the day of the dismissal.',
    ]);
  });

  it('of the departure term says what an objection does to the allowance', () => {
    const given = aCase().told('ind', '2027-09-02', 'returnDecisionIssued', {});
    expect(remarks(given, 'departure-term')).toEqual(['The allowance ends with this term, unless an objection is filed.']);
  });
});

describe('the task to arrange an income', () => {
  it('has a note for a citizen of the Union, who may have the allowance all the same', () => {
    const note = (residence: 'euCitizen' | 'otherLawfulResidence') => {
      const given = aCase({ person: { residence } }).told('police', '2027-09-02', 'eligibilityDecided', {
        eligible: false,
        ground: residence,
      });
      const { tasks } = pathwayView(given.file, given.now, callerOf('careCoordinator'), 'en');
      return tasks.find(({ id }) => id === 'income-support')?.note;
    };
    expect(note('euCitizen')).toMatch(/^A citizen of the Union in a women's shelter may have the allowance/);
    expect(note('otherLawfulResidence')).toBeUndefined();
  });
});

function refused(opening: Opening = {}): CaseOnTheClock {
  return aCase(opening).startedReflection('2027-09-01T11:00').cooperated('2027-09-05').told('ind', '2027-09-20', 'permitRefused', {});
}

function edition(name: string) {
  const found = findEdition(name);
  if (found === undefined) throw new Error(`no edition ${name}`);
  return found;
}

function certificate(given: CaseOnTheClock, id: string): Certificate {
  const found = certificateOf(given.file, id, given.now);
  if (found === null) throw new Error(`no deadline ${id}`);
  return found;
}

function remarks(given: CaseOnTheClock, id: string): string[] {
  return certificate(given, id).remarks.map(({ en }) => en);
}

function shown(given: CaseOnTheClock, id: string, language: 'nl' | 'en'): readonly string[] {
  const view = pathwayView(given.file, given.now, callerOf('caseworker'), language);
  return view.deadlines.find((deadline) => deadline.id === id)?.doubts ?? [];
}
