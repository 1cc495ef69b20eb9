import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlainDate } from '../../src/domain/basics/calendar';
import type { Edition } from '../../src/domain/policy/edition';
import { currentEdition, editions, findEdition } from '../../src/domain/policy/editions';
import { refold } from '../../src/domain/case/caseFile';
import { certificateOf } from '../../src/domain/views/certificate';
import { aCase, type CaseOnTheClock, type Opening } from '../support/aCase';

const under = (name: string, opening: Opening = {}) => aCase({ ...opening, edition: edition(name) });
/** The case opens on 1 September 2027, and the period starts that day. */
const inReflection = (name: string, opening: Opening = {}) => under(name, opening).startedReflection('2027-09-01T11:00');
const dutch = ['NL-2026-07', 'NL-2026-06', 'NL-2023-05', 'NL-2015-10', 'NL-2012-08'];
const abroad = ['BE-2008-09', 'DE-2011-11', 'BG', 'UK-2022-12', 'NO'];

describe('an edition of the policy', () => {
  it.each<[string, PlainDate | null, PlainDate, PlainDate, string]>([
    // The columns: edition, in force from, last day of a period from 1 September, the same in a Dublin case, source of that length.
    ['NL-2023-05', '2023-05-18', '2027-12-01', '2027-10-01', 'WBV23'],
    ['NL-2026-07', '2026-07-15', '2027-12-01', '2027-10-01', 'WBV23'],
    ['NL-2026-06', '2026-06-12', '2027-12-01', '2027-10-01', 'WBV23'],
    ['NL-2015-10', '2015-10-21', '2027-12-01', '2027-12-01', 'VC15'],
    ['NL-2012-08', '2012-08-11', '2027-12-01', '2027-12-01', 'VC15'],
    ['BE-2008-09', '2008-09-26', '2027-10-16', '2027-10-16', 'BE08'],
    ['DE-2011-11', '2011-11-26', '2027-12-01', '2027-12-01', 'DE-KOK'],
    ['BG', null, '2027-10-01', '2027-10-01', 'BG-REF'],
    ['UK-2022-12', '2022-12-13', '2027-10-01', '2027-10-01', 'UK22'],
    ['NO', null, '2028-03-01', '2028-03-01', 'NO-UDI'],
  ])('%s, from %s: the period lasts to the end of %s, in a Dublin case of %s', (name, from, lastDay, ofDublin, source) => {
    expect(edition(name)).toMatchObject({ edition: name, from, reflection: { source: expect.stringContaining(source) as string } });
    expect(inReflection(name).situation.period?.endsOn).toBe(lastDay);
    expect(inReflection(name, { person: { residence: 'dublin' } }).situation.period?.endsOn).toBe(ofDublin);
  });

  it.each<[string, PlainDate]>([
    ['NL-2023-05', '2028-02-29'],
    ['BE-2008-09', '2028-01-14'],
    ['UK-2022-12', '2027-12-30'],
    ['NO', '2028-05-30'],
  ])('%s counts from the last of November in its own way: to the end of %s', (name, lastDay) => {
    const given = under(name, { registered: '2027-11-30T09:00' }).startedReflection('2027-11-30T11:00');
    expect(given.situation.period?.endsOn).toBe(lastDay);
  });

  it.each<[string, string[]]>([
    ['NL-2015-10', ['2027-10-20', '2027-11-03', '2027-11-17', '2027-11-24', '2027-11-28', '2027-11-30']],
    ['BE-2008-09', ['2027-09-04', '2027-09-18', '2027-10-02', '2027-10-09', '2027-10-13', '2027-10-15']],
    // The first warning, six weeks before the end, lies before the start of a period of thirty days.
    ['BG', ['2027-09-03', '2027-09-17', '2027-09-24', '2027-09-28', '2027-09-30']],
    ['NO', ['2028-01-19', '2028-02-02', '2028-02-16', '2028-02-23', '2028-02-27', '2028-02-29']],
  ])('%s warns at its own times before its own end', (name, days) => {
    const given = inReflection(name).until('2028-03-01');
    const warned = given.mailsAbout('reflection-period', 'caseworker-1').filter((mail) => mail.endsWith('warning'));
    expect(warned.map((mail) => mail.slice(0, 10))).toEqual(days);
  });

  it('stays with a case to its end: a later edition changes nothing in it', () => {
    const given = inReflection('NL-2015-10', { person: { residence: 'dublin' } });
    const { start, entries, outbox } = given.file;
    expect(start.edition.edition).toBe('NL-2015-10');
    expect(refold(start, entries, { outbox }).situation.period?.endsOn).toBe('2027-12-01');
  });

  it('with a length for Dublin cases refuses that ground once the period runs; one without such a length accepts it', () => {
    const dublin = { eligible: true, ground: 'dublin' } as const;
    const refusal = (name: string) => inReflection(name).refusal('ind', '2027-09-05', 'eligibilityDecided', dublin)?.code;
    expect(refusal('NL-2023-05')).toBe('fact-not-possible');
    expect(refusal('NL-2015-10')).toBeUndefined();
  });

  it('is current if nobody names another, and is found by its name alone', () => {
    expect(currentEdition.edition).toBe('NL-2023-05');
    expect(findEdition('NL-1999-01')).toBeUndefined();
  });

  it('names the source of each of its numbers, or says that the number is ours', () => {
    for (const { source, reflection, permit, humanitarianPermit, safeReturn, tasks, deadlines, reminders, mail, referral } of editions) {
      const parts = [reflection, permit, humanitarianPermit, safeReturn, ...tasks, ...deadlines, reminders, mail, referral];
      for (const each of [source, ...parts.map((part) => part.source)]) expect(each).toMatch(/^ours|[A-Z]{2,}/);
    }
  });
});

describe('the rest of the domain', () => {
  it('contains no length of time, since each is in an edition, with its source', () => {
    const domain = join(__dirname, '../../src/domain');
    const files = readdirSync(domain, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.startsWith(join('policy', 'editions')),
    );
    const code = (name: string) => readFileSync(join(domain, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    // Midnight and the minute belong to the clock; how often a person reports is a code of a fact.
    const others = ["'00:00'", "'PT1M'"];
    // From when a moment of the clock counts as late is for operations, and no policy.
    // How long whoever registered a case reads what they registered is a right, and no policy.
    const lengths = (name: string) =>
      (code(name).match(/'PT?\d+[DWMYH]'|'\d\d:\d\d'/g) ?? []).filter(
        (each) =>
          !others.includes(each) &&
          !(name === join('facts', 'catalogue.ts') && ["'P1W'", "'P1M'"].includes(each)) &&
          !(name === join('rights', 'rights.ts') && each === "'PT24H'") &&
          !(name === join('views', 'lateMoment.ts') && each === "'PT5M'"),
      );
    expect(files.filter((name) => lengths(name).length > 0)).toEqual([]);
    expect(files.filter((name) => /(?:daysAfter|monthsAfter|plus|minus)\([^()]*, -?(?:[2-9]|\d\d)/.test(code(name)))).toEqual([]);
  });
});

describe('the age of a minor', () => {
  it('is a ground for the humanitarian permit since 2023', () => {
    expect(humanitarianPermit('NL-2023-05', 'minor')).toBeNull();
  });

  it.each(['NL-2015-10', 'NL-2012-08', ...abroad])(
    'is no ground in %s, and the refusal names the evidence that would be enough',
    (name) => {
      expect(humanitarianPermit(name, 'minor')).toEqual({
        code: 'fact-not-possible',
        missing: ['threatStatementIssued', 'medicalStatementReceived'],
      });
    },
  );

  it('is no ground for an adult', () => {
    expect(humanitarianPermit('NL-2023-05', 'adult')?.missing).toEqual(['threatStatementIssued', 'medicalStatementReceived']);
  });
});

describe('the twenty-four hours for IND', () => {
  const asked = (name: string, form: 'reportSigned' | 'witness' = 'reportSigned') =>
    inReflection(name).told('police', '2027-09-10', 'cooperated', { form }).completed('2027-09-13T15:00', 'm55-cooperation-notice');
  const both = (days: readonly number[]) =>
    days.flatMap((day) => ['caseworker-1', 'supervisor-1'].map((to) => `2027-09-${String(day)}T09:00 ${to} expired`));

  it('were a duty in 2012: a warning on the last morning, then a ladder up to the supervisor', () => {
    expect(asked('NL-2012-08').until('2027-09-28').mailsAbout('ind-decision-target')).toEqual([
      '2027-09-14T09:00 caseworker-1 warning',
      ...both([15, 16, 17, 18, 20, 22, 27]),
    ]);
  });

  it.each(['NL-2015-10', 'NL-2023-05'])('are a target in %s: no warning, and one mail when they have passed', (name) => {
    expect(asked(name).until('2027-09-28').mailsAbout('ind-decision-target')).toEqual(['2027-09-15T09:00 caseworker-1 expired']);
  });

  it('do not exist for a witness in any edition', () => {
    for (const name of dutch) expect(asked(name, 'witness').until('2027-09-28').mailsAbout('ind-decision-target')).toEqual([]);
  });

  it('end with the decision of IND, and so does the ladder', () => {
    const given = asked('NL-2012-08').granted('2027-09-16T10:00', '2028-09-15').until('2027-10-01');
    expect(given.mailsAbout('ind-decision-target')).toEqual(['2027-09-14T09:00 caseworker-1 warning', ...both([15, 16])]);
  });

  it('end on the day itself over the long night, with a warning that morning all the same', () => {
    // The notice is sent at half past midnight on 31 October, a day of 25 hours. So the 24 hours end at half past eleven that night.
    const given = under('NL-2012-08', { registered: '2027-10-28T09:00' })
      .startedReflection('2027-10-28T11:00')
      .cooperated('2027-10-30')
      .completed('2027-10-31T00:30', 'm55-cooperation-notice')
      .until('2027-11-01T10:00');
    expect(given.mailsAbout('ind-decision-target', 'caseworker-1')).toEqual([
      '2027-10-31T09:00 caseworker-1 warning',
      '2027-11-01T09:00 caseworker-1 expired',
    ]);
  });
});

describe('the edition of another country', () => {
  /** The tasks that only the Dutch residence scheme and allowance ask for (docs/policy.md, section 8). */
  const dutchTasks = [
    ...['offer-reflection-period', 'm55-reflection-notice', 'residence-document-asked', 'residence-document-handed', 'reporting-duty'],
    ...['reporting-duty-as-set', 'ask-reporting-duty', 'm55-cooperation-notice', 'm55-report-notice', 'applicant-document', 'tell-ind'],
    ...['tell-dtv', 'permit-handed', 'children-permits', 'renewal-check', 'humanitarian-follow-up-check', 'report-departure'],
    ...['rvb-form', 'rvb-application', 'first-allowance-paid', 'ex-officio-check'],
  ];

  it.each(abroad)('%s has the tasks of NL-2015-10 except the Dutch ones, and is marked as borrowing', (name) => {
    const ids = ({ tasks }: Edition) => tasks.map(({ id }) => id);
    const of2015 = edition('NL-2015-10');
    expect(ids(edition(name))).toEqual(ids(of2015).filter((id) => !dutchTasks.includes(id)));
    expect(ids(edition(name))).toEqual(expect.arrayContaining(['decide-route', 'approve-route', 'income-support', 'risk-assessed']));
    expect(edition(name).borrowed).toContain('NL-2015-10');
  });

  it('asks for help and a route in a case, and for nothing of the Dutch scheme', () => {
    const given = inReflection('BE-2008-09').until('2027-10-17');
    expect(given.situation.stage).toBe('decision');
    expect(given.openTasks()).toEqual(expect.arrayContaining(['safety-plan', 'care-plan', 'decide-route', 'victim-statement']));
    expect(given.situation.tasks.filter(({ rule }) => dutchTasks.includes(rule))).toEqual([]);
  });

  it('has its last talks before its own end, without those that would lie before the start', () => {
    const talks = (name: string) =>
      inReflection(name)
        .situation.tasks.filter(({ rule }) => rule === 'decision-talk')
        .map(({ id, dueOn }) => `${id} ${dueOn}`);
    expect(talks('BE-2008-09')).toEqual(['decision-talk-1 2027-09-18', 'decision-talk-2 2027-10-02', 'decision-talk-3 2027-10-09']);
    expect(talks('NO')).toHaveLength(4);
  });
});

describe('an edition that gives its rows other names', () => {
  const nl = edition('NL-2023-05');
  const otherwise: Edition = {
    ...nl,
    tasks: nl.tasks.map((rule) => ({ ...rule, id: `our-${rule.id}` })),
    deadlines: nl.deadlines.map((rule) => {
      const id = `our-${rule.id}`;
      return { ...rule, id, metBy: rule.isFollowUp === true ? [`followUpDone:${id}` as const] : rule.metBy };
    }),
  };
  const begun = (opening: Opening = {}) => aCase({ ...opening, edition: otherwise }).startedReflection('2027-09-01T11:00');

  it('makes a minor wait for the guardian under its own name, and only for that one', () => {
    const given = begun({ person: { ageGroup: 'minor', unaccompanied: true } });
    expect(given.refusal('police', '2027-09-05', 'declined', { confirmed: true })?.missing).toEqual(['our-guardian']);
    expect(given.completed('2027-09-05', 'our-guardian').declined('2027-09-06').situation.stage).toBe('decision');
  });

  it('lets a case close without its task of the route decision', () => {
    const given = begun().declined('2027-09-05');
    const missing = given.refusal('supervisor', '2027-09-06', 'closed', { result: 'assisted' })?.missing;
    expect(missing).toContain('our-victim-statement');
    expect(missing).not.toContain('our-decide-route');
  });

  it('explains its period, which no supervisor can lift', () => {
    const given = begun();
    expect(certificateOf(given.file, 'our-reflection-period', '2027-09-02T10:00:00Z')?.source).toBe(nl.reflection.source);
    const lifted = { deadline: 'our-reflection-period', reason: 'other' } as const;
    expect(given.refusal('supervisor', '2027-09-05', 'deadlineLifted', lifted)?.code).toBe('fact-not-possible');
  });
});

describe('a published edition', () => {
  /** The sha256 of the canonical JSON of each edition, so that nobody changes one that a case may have used. */
  const published: Readonly<Record<string, string>> = {
    'NL-2023-05': 'e874b204e6a70164d18ce8cb6bc8745da9b511859607dfe0a6ef163838603d39',
    'NL-2026-06': 'f569fb99a6d67829556fb770f2b25951e1c829757318a78ccfbd0eafbfa67a29',
    'NL-2026-07': '41ed6c1b467ea35efc396c7054e0f55ca2dfd8a619e72e09932efc1bb7ba6664',
    'NL-2015-10': 'ff833391132a1953d0057100bfe4a67bebb3119faeeef5304070365d9c931a88',
    'NL-2012-08': 'd6c5b97d3ed75ef04893f833704e73881143ac8b2d2d6adee19828b2ea69c0ec',
    'BE-2008-09': 'fd3cd6edd2b5107f11d54e6f7638887fae6d9310c100ec67408f3830f3d54b7f',
    'DE-2011-11': '4d509169a124810ad7ef13c287c5fc3f48fac05a6fc31bae74a0ded194b8435e',
    BG: 'e45635f408c7c5765c564c92fdb25cd76f1aa8c51755e49c344d67e9ca8fc018',
    'UK-2022-12': '4f860590fef1ab5712de77afe82dc92ba364e120e0e6200203c304a8c2a397ae',
    NO: 'cf99e428dd3231de663c439a8ed40826d0fce2e6aa25977ece8b0adadcbd19da',
  };

  it('is never changed: each change makes a new edition', () => {
    const faults = editions.flatMap((each) => {
      const [sum, known] = [checksum(each), published[each.edition]];
      if (known === undefined) return [`${each.edition} is new: write its checksum ${sum} beside the others`];
      return sum === known ? [] : [`${each.edition} is published and cases carry it (now ${sum}): undo the change and make a new edition`];
    });
    expect(faults).toEqual([]);
  });

  it('is never withdrawn, since cases that carry it are still explained by it', () => {
    expect(editions.map((each) => each.edition)).toEqual(expect.arrayContaining(Object.keys(published)));
  });

  it('is plain data, and unchanged by a conversion to JSON and back', () => {
    for (const each of editions) expect(JSON.parse(JSON.stringify(each))).toEqual(each);
  });
});

function humanitarianPermit(name: string, ageGroup: 'adult' | 'minor'): ReturnType<CaseOnTheClock['refusal']> {
  return inReflection(name, { person: { ageGroup } })
    .declined('2027-09-05')
    .told('police', '2027-09-06', 'victimStatementIssued', {})
    .proposed('2027-09-06', 'humanitarianPermit')
    .refusal('supervisor', '2027-09-07', 'routeDecided', { route: 'humanitarianPermit', grounds: ['minority'] });
}

function edition(name: string): Edition {
  const found = findEdition(name);
  if (found === undefined) throw new Error(`no edition ${name}`);
  return found;
}

/** The checksum of a value, for any order of its keys. */
function checksum(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}
