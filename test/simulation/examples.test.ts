import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dateOf, daysAfter, timeOf, type PlainDate } from '../../src/domain/basics/calendar';
import type { Line } from '../../src/simulation/lines';
import { played } from '../support/scenarios';

/** The examples start on a Saturday at the end of a month far ahead, so that every date below is known. */
const startOn = '2047-11-30';

describe('the examples', () => {
  it('cooperates: the person reports in week six, and staff who work in time get no reminder', async () => {
    const lines = await example('cooperates');
    expect(stages(lines)).toEqual([
      `intake ${day(0)} 09:00`,
      `reflection ${day(0)} 10:00`,
      `permitApplication ${day(42)} 14:30`,
      `permit ${day(43)} 09:30`,
    ]);
    expect(lines.filter(({ kind }) => kind === 'refused')).toEqual([]);
    expect(notices(lines)).toEqual(['comensha found', 'comensha reflection', 'comensha cooperation', 'ind m55-cooperation']);
    expect(mailsTo(lines, 'police-1')).toEqual([
      `${day(0)} 09:00 new: informative-interview planned, offer-reflection-period planned, comensha-registration planned`,
      `${day(1)} 09:00 reminder: m55-reflection-notice due, rvb-form planned, residence-document-asked due, residence-document-handed planned, reporting-duty-1 planned, reporting-duty-2 planned, reporting-duty-3 planned`,
      `${day(13)} 09:00 reminder: residence-document-handed soon`,
      `${day(14)} 09:00 reminder: residence-document-handed due`,
      `${day(29)} 09:00 reminder: reporting-duty-1 soon`,
      `${day(42)} 14:30 new: copy-to-person planned`,
      `${day(43)} 09:00 new: applicant-document planned, ask-reporting-duty planned, individual-assessment planned`,
      `${day(44)} 09:00 new: permit-handed planned`,
      `${day(49)} 09:00 reminder: permit-handed soon`,
    ]);
    expect(lines.filter((line) => line.kind === 'mail' && ['alarm', 'escalation', 'warning'].includes(line.class))).toEqual([]);
    expect(lines.filter((line) => line.kind === 'mail' && line.to === 'supervisor-1')).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ kind: 'end', stage: 'permit', result: null });
    expect(eventsOf(lines)).toBeLessThanOrEqual(600);
    expect(twiceADay(lines)).toEqual([]);
  });

  it('goes-home: IOM gets a notice after the consent and reminders until it answers, and every gate opens before the journey', async () => {
    const lines = await example('goes-home');
    expect(stages(lines)).toEqual([
      `intake ${day(0)} 09:00`,
      `reflection ${day(0)} 10:00`,
      `decision ${day(49)} 10:00`,
      `safeReturn ${day(51)} 10:20`,
      `aftercare ${day(78)} 13:00`,
      `closed ${day(112)} 10:00`,
    ]);
    expect(refused(lines)).toEqual([
      'departureDeclared fact-not-possible: consentGiven, returnPermitted, removalSuspended, legalAdviceTaken, riskAssessed, ' +
        'criminalCaseArranged, compensationArranged, medicalFitnessConfirmed, travelDocumentReceived, receivingOrganisationConfirmed',
    ]);
    expect(notices(lines)).toEqual(['comensha found', 'comensha reflection', 'iom return-referral', 'comensha departing']);
    expect(datesAbout(lines, 'return-referral')).toEqual([day(59), day(66)]);
    expect(alarms(lines).filter((about) => about === 'travelled')).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ stage: 'closed', result: 'returned' });
    expect(eventsOf(lines)).toBeLessThanOrEqual(1800);
    expect(twiceADay(lines)).toEqual([]);
  });

  it('humanitarian: the evidence comes first, and the permit is never renewed', async () => {
    const lines = await example('humanitarian');
    expect(stages(lines).map((stage) => stage.split(' ')[0])).toEqual(['intake', 'reflection', 'decision', 'permitApplication', 'permit']);
    expect(refused(lines)).toEqual([
      'routeDecided fact-not-possible: victimStatementIssued, threatStatementIssued, medicalStatementReceived',
      'permitRenewed not-renewable: ',
    ]);
    expect(notices(lines).filter((notice) => !notice.startsWith('comensha'))).toEqual([]);
    // A date by which to apply for renewal would promise what the law does not give.
    expect(datesAbout(lines, 'renewal-application')).toEqual([]);
  });

  it('refused: objection and complaint in time end the warnings, the lawyer gets a mail that day, and another procedure starts', async () => {
    const lines = await example('refused');
    expect(stages(lines).map((stage) => stage.split(' ')[0])).toEqual([
      'intake',
      'reflection',
      'permitApplication',
      'decision',
      'otherProcedure',
    ]);
    expect(refused(lines)).toEqual([]);
    expect(notices(lines)).toEqual(['comensha found', 'comensha reflection', 'comensha cooperation', 'ind m55-cooperation']);
    expect([...datesAbout(lines, 'objection'), ...datesAbout(lines, 'art12-complaint')]).toEqual([]);
    expect(mailsTo(lines, 'caseworker-1')).toContain(`${day(40)} 10:00 new: tell-lawyer planned`);
  });

  it('union-citizen: cooperation does not change the stay, and IND and DT&V get no notice', async () => {
    const lines = await example('union-citizen');
    expect(stages(lines).map((stage) => stage.split(' ')[0])).toEqual(['intake', 'assistance', 'safeReturn', 'aftercare']);
    expect(refused(lines)).toEqual(['reflectionStarted fact-not-possible: eligibilityDecided']);
    expect(notices(lines)).toEqual(['comensha found', 'comensha cooperation', 'iom return-referral', 'comensha departing']);
    expect(datesAbout(lines, 'follow-up-1').length).toBeGreaterThan(0);
    expect(datesAbout(lines, 'follow-up-2')).toEqual([]);
  });

  it('minor-missing: three people get an alarm at once, IND and Nidos a notice, and a task done in time causes no alarm', async () => {
    const lines = await example('minor-missing');
    expect(notices(lines).slice(2)).toEqual(['ind departed', 'nidos departed']);
    expect(alarms(lines)).toEqual([...Array<string>(3).fill('contact-missed'), ...Array<string>(3).fill('departed-unknown')]);
    expect(lines.at(-1)).toMatchObject({ stage: 'decision' });
  });

  it('says-nothing: the period ends in silence, the ladder goes to caseworker and supervisor, and nobody is asked to return', async () => {
    const lines = await example('says-nothing');
    expect(stages(lines)).toEqual([`intake ${day(0)} 09:00`, `reflection ${day(0)} 11:00`, 'decision 2048-03-01 00:00']);
    const expired = lines.flatMap((line) =>
      line.kind === 'mail' && line.items.some(({ about, step }) => about === 'reflection-period' && step === 'expired') ? [line.to] : [],
    );
    expect(new Set(expired)).toEqual(new Set(['caseworker-1', 'supervisor-1']));
    expect(mailsTo(lines, 'police-1').join('; ')).toContain('tell-dtv');
    expect(notices(lines)).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ stage: 'decision', result: null });
  });

  it('told-wrong: only a supervisor takes back a departure, the stage is restored, and IND gets the correction', async () => {
    const lines = await example('told-wrong');
    expect(refused(lines)).toEqual(['corrected role-not-allowed: ']);
    expect(stages(lines).slice(1)).toEqual([`reflection ${day(0)} 10:00`, `contactLost ${day(10)} 10:00`, `reflection ${day(10)} 12:00`]);
    expect(notices(lines).slice(2)).toEqual(['ind departed', 'ind correction']);
  });

  it('appeal: an objection in time and a measure of the court stop the warnings to leave, and what was refused is granted after all', async () => {
    const lines = await example('appeal');
    expect(stages(lines)).toEqual([
      `intake ${day(0)} 09:00`,
      `reflection ${day(0)} 10:00`,
      `permitApplication ${day(20)} 10:00`,
      `decision ${day(21)} 10:00`,
      `permitApplication ${day(200)} 10:00`,
      `permit ${day(210)} 10:00`,
    ]);
    expect(refused(lines)).toEqual([]);
    expect([...datesAbout(lines, 'objection'), ...datesAbout(lines, 'appeal'), ...datesAbout(lines, 'departure-term')]).toEqual([]);
    // The dismissal starts the term anew. Its first warning goes to three people; the measure comes before the second.
    expect(datesAbout(lines, 'departure-term-2')).toEqual([day(134), day(134), day(134)]);
    expect(mailsTo(lines, 'caseworker-1')).toContain(`${day(121)} 09:00 reminder: interim-measure-considered due`);
    const allowance = ['allowance-continues', 'allowance-continues-2', 'allowance-continues-3'];
    expect(allowance.flatMap((task) => datesAbout(lines, task))).toEqual([day(31), day(141), day(181)]);
    expect(twiceADay(lines)).toEqual([]);
  });

  it('transfer: a date within the period, and an application before a later date, each alarm three people', async () => {
    const lines = await example('transfer');
    expect(stages(lines).map((stage) => stage.split(' ')[0])).toEqual(['intake', 'reflection', 'permitApplication', 'permit']);
    expect(refused(lines)).toEqual([]);
    const warned = ['caseworker-1', 'lawyer-1', 'supervisor-1'];
    const alarmed = (on: number) => warned.map((to) => `${to} ${day(on)} 10:00`);
    expect(lines.flatMap((line) => (line.kind === 'mail' && line.class === 'alarm' ? [`${line.to} ${local(line)}`] : []))).toEqual([
      ...alarmed(6),
      ...alarmed(25),
    ]);
    // The permit lifts the term before the other two warnings.
    expect(datesAbout(lines, 'transfer-term')).toEqual([day(30), day(30), day(46), day(46)]);
    expect(datesAbout(lines, 'presence-assessment')).toEqual([]);
  });

  it('shelter: nobody of the police hears of the case before the consent, and an early no does not cost the person the period', async () => {
    const lines = await example('shelter');
    expect(stages(lines)).toEqual([
      `intake ${day(0)} 09:00`,
      `assistance ${day(0)} 17:00`,
      `intake ${day(10)} 10:00`,
      `reflection ${day(11)} 09:30`,
    ]);
    expect(refused(lines)).toEqual(['reflectionStarted not-found: ']);
    expect(mailsTo(lines, 'caseworker-1')[0]).toContain('ask-police-contact planned, comensha-registration planned');
    expect(mailsTo(lines, 'police-1')[0]).toBe(`${day(10)} 10:00 new: offer-reflection-period planned`);
    expect(lines.flatMap((line) => (line.kind === 'notice' ? [`${line.partner} ${line.notice} ${dateOf(line.at)}`] : []))).toEqual([
      `comensha found ${day(2)}`,
      `comensha reflection ${day(11)}`,
    ]);
    expect(alarms(lines)).toEqual([]);
    expect(twiceADay(lines)).toEqual([]);
  });
});

describe('the scenario of the benchmark', () => {
  it('is a whole year with a permit and its renewal, of which nothing is refused', async () => {
    const lines = await example('permit-of-a-year', join('bench', 'scenarios'));
    expect(refused(lines)).toEqual([]);
    expect(lines.filter((line) => line.kind === 'fact' && line.type === 'permitRenewed')).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ kind: 'end', stage: 'permit' });
  });
});

function example(name: string, folder = 'examples'): Promise<Line[]> {
  const text = readFileSync(join(__dirname, '..', '..', folder, `${name}.json`), 'utf8');
  return played({ ...(JSON.parse(text) as Record<string, unknown>), startOn });
}

function day(days: number): PlainDate {
  return daysAfter(startOn, days);
}

function stages(lines: readonly Line[]): string[] {
  return lines.flatMap((line) => (line.kind === 'stage' ? [`${line.stage} ${local(line)}`] : []));
}

function mailsTo(lines: readonly Line[], to: string): string[] {
  return lines.flatMap((line) =>
    line.kind === 'mail' && line.to === to
      ? [`${local(line)} ${line.class}: ${line.items.map(({ about, step }) => `${about} ${step}`).join(', ')}`]
      : [],
  );
}

function refused(lines: readonly Line[]): string[] {
  return lines.flatMap((line) => (line.kind === 'refused' ? [`${line.type} ${line.code}: ${line.missing.join(', ')}`] : []));
}

function notices(lines: readonly Line[]): string[] {
  return lines.flatMap((line) => (line.kind === 'notice' ? [`${line.partner} ${line.notice}`] : []));
}

/** The item that each alarm mail is about. */
function alarms(lines: readonly Line[]): string[] {
  return lines.flatMap((line) => (line.kind === 'mail' && line.class === 'alarm' ? line.items.map(({ about }) => about) : []));
}

function datesAbout(lines: readonly Line[], about: string): PlainDate[] {
  return lines.filter((line) => line.kind === 'mail' && line.items.some((item) => item.about === about)).map(({ at }) => dateOf(at));
}

/** The recipients of two digests on one day. */
function twiceADay(lines: readonly Line[]): string[] {
  const digests = lines.flatMap((line) =>
    line.kind === 'mail' && line.class !== 'alarm' && line.class !== 'new' ? [`${line.to} ${dateOf(line.at)}`] : [],
  );
  return digests.filter((each, index) => digests.indexOf(each) < index);
}

function eventsOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + (line.kind === 'end' ? line.historyEvents : 0), 0);
}

function local({ at }: Line): string {
  return `${dateOf(at)} ${timeOf(at)}`;
}
