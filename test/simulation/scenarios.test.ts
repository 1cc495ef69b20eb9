import type { Instant } from '../../src/domain/basics/calendar';
import { dateOf, daysAfter, instantAt, plus, timeOf } from '../../src/domain/basics/calendar';
import type { Line } from '../../src/simulation/lines';
import { inDays, played } from '../support/scenarios';

type Mail = Extract<Line, { kind: 'mail' }>;

describe('a case that is played to its end', () => {
  it('without an answer reaches the stage decision exactly after three months, and reminds people every few days', async () => {
    const start = inDays(30);
    const end = plus(start, 'P3M');
    const lines = await played({ ...aCase(start), facts: [reflection], until: daysAfter(end, 9) });

    expect(stages(lines)).toEqual([
      ['intake', `${start} 09:00`],
      ['reflection', `${start} 10:00`],
      ['decision', `${daysAfter(end, 1)} 00:00`],
    ]);
    const expired = (to: string) => mails(lines, to, 'reflection-period', 'expired').map(({ at }) => local(at));
    expect(expired('supervisor-1').slice(0, 6)).toEqual([1, 2, 3, 4, 6, 8].map((day) => `${daysAfter(end, day)} 09:00`));
    expect(lines.at(-1)).toMatchObject({ kind: 'end', stage: 'decision', result: null });
    expect(eventsOf(lines)).toBeLessThanOrEqual(1800);
    expect(twiceADay(lines)).toEqual([]);
  });

  it('with cooperation notifies IND in the same minute, and ends the reminders about the period', async () => {
    const start = inDays(12);
    const lines = await played({
      ...aCase(start),
      facts: [reflection, { at: '+20T14:30', by: 'police-1', type: 'cooperated', form: 'reportSigned' }],
      until: '+60',
    });
    expect(lines).toContainEqual({
      at: instantAt(daysAfter(start, 20), '14:30'),
      kind: 'notice',
      partner: 'ind',
      notice: 'm55-cooperation',
    });
    expect(lines.filter((line) => line.kind === 'mail' && line.items.some(({ about }) => about === 'reflection-period'))).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ stage: 'permitApplication' });
  });

  it('with a mail server that is away for a day and a half sends one digest, with each item at its latest step', async () => {
    const start = inDays(3);
    const lines = await played({ ...aCase(start), facts: [reflection], mailOutages: [{ from: '+1', until: '+2T12:00' }], until: '+3' });
    const after = lines.filter((line): line is Mail => line.kind === 'mail' && line.at >= instantAt(daysAfter(start, 1), '00:00'));
    expect(new Set(after.map(({ at }) => local(at)))).toEqual(new Set([`${daysAfter(start, 2)} 12:00`]));
    expect(after.filter(({ to, class: kind }) => to === 'police-1' && kind !== 'alarm')).toHaveLength(1);
    expect(mails(after, 'police-1', 'm55-reflection-notice', 'overdue')).toHaveLength(1);
    // After an hour without delivery the alarm was sent to the deputy too.
    expect(mails(after, 'caseworker-2', 'safety-assessment', 'alarm')).toHaveLength(1);
  });

  it('with a correction counts the recorded facts and no refused one', async () => {
    const lines = await played({
      ...aCase(inDays(3)),
      facts: [
        { at: '+0T10:00', by: 'supervisor-1', type: 'cooperationEnded' },
        reflection,
        { at: '+1T10:00', by: 'police-1', type: 'declined', confirmed: true },
        { at: '+1T11:00', by: 'supervisor-1', type: 'corrected', replaces: 'fact-2', reason: 'mistake' },
      ],
      until: '+2',
    });
    expect(lines.at(-1)).toMatchObject({ kind: 'end', stage: 'reflection' });
  });

  it('with a task for a missing lawyer notifies the duty mailbox until a lawyer joins', async () => {
    const lines = await played({
      ...aCase(inDays(3)),
      facts: [
        { at: '+1T12:00', by: 'caseworker-1', type: 'taskAdded', kind: 'legal', due: '+3', owner: 'lawyer' },
        { at: '+2T12:00', by: 'supervisor-1', type: 'teamChanged', role: 'lawyer', staffId: 'lawyer-1' },
      ],
      until: '+3T09:00',
    });
    const reminders = ['duty-amsterdam@example.org', 'lawyer-1', 'supervisor-1'].flatMap((to) =>
      ['planned', 'soon', 'due'].flatMap((step) => mails(lines, to, 'added-1', step).map(({ class: of }) => `${to} ${step} ${of}`)),
    );
    expect(reminders).toEqual(['duty-amsterdam@example.org soon reminder', 'lawyer-1 due reminder']);
  });

  it('refuses callers without access, wrong tellers and future facts, and continues', async () => {
    const lines = await played({
      ...aCase(inDays(2)),
      facts: [
        reflection,
        { at: '+0T11:00', by: 'lawyer-1', type: 'reflectionStarted' },
        { at: '+0T11:01', by: 'caseworker-rotterdam-1', type: 'contactMissed' },
        { at: '+0T11:02', by: 'police-1', type: 'declined', confirmed: true, on: '+5' },
        { at: '+0T11:03', by: 'police-1', type: 'reflectionStarted' },
        { at: '+0T11:04', by: 'supervisor-1', type: 'routeDecided', route: 'return', grounds: ['ownWish'] },
      ],
      until: '+1',
    });
    expect(lines.flatMap((line) => (line.kind === 'refused' ? [line.code] : []))).toEqual([
      'role-not-allowed',
      'not-found',
      'date-in-future',
      'no-second-period',
      'no-proposal',
    ]);
    expect(lines.at(-1)).toMatchObject({ stage: 'reflection' });
  });

  it('refuses what lies ahead before it looks at the role, in every field that cannot lie ahead', async () => {
    const ahead = { by: 'lawyer-1', type: 'permitEnded', reason: 'withdrawn', withEffectFrom: '+5' };
    const lines = await played({
      ...aCase(inDays(2)),
      facts: [
        { ...ahead, at: '+0T11:00' },
        { at: '+0T11:01', by: 'lawyer-1', type: 'corrected', replaces: 'fact-1', reason: 'mistake', with: { ...ahead, by: undefined } },
        { at: '+0T11:02', by: 'lawyer-1', type: 'transferPlanned', transferOn: '+5' },
      ],
      until: '+1',
    });
    expect(lines.flatMap((line) => (line.kind === 'refused' ? [line.code] : []))).toEqual([
      'date-in-future',
      'date-in-future',
      'role-not-allowed',
    ]);
  });

  it('shows a case that was closed by mistake as closed until it is reopened, and then as it was', async () => {
    const start = inDays(2);
    const lines = await played({
      ...aCase(start),
      facts: [
        reflection,
        { at: '+1T10:00', by: 'supervisor-1', type: 'closed', result: 'died' },
        { at: '+2T10:00', by: 'supervisor-1', type: 'reopened', reason: 'mistake' },
      ],
      until: '+46T10:00',
    });
    expect(stages(lines)).toEqual([
      ['intake', `${start} 09:00`],
      ['reflection', `${start} 10:00`],
      ['closed', `${daysAfter(start, 1)} 10:00`],
      ['reflection', `${daysAfter(start, 2)} 10:00`],
    ]);
    expect(mails(lines, 'care-coordinator-1', 'rvb-application', 'planned').map(({ at }) => dateOf(at))).toEqual(
      [1, 3].map((days) => daysAfter(start, days)),
    );
    expect(mails(lines, 'caseworker-1', 'decision-talk-1', 'due')).toHaveLength(1);
  });

  it('shows a case whose intake was told wrong as what it was taken for, until that is put right', async () => {
    const start = inDays(2);
    const lines = await played({
      ...aCase(start),
      facts: [
        { at: '+0T10:00', by: 'police-1', type: 'cooperated', form: 'reportSigned' },
        { at: '+1T10:00', by: 'supervisor-1', type: 'intakeCorrected', reason: 'mistake', residence: 'euCitizen' },
      ],
      until: '+2',
    });
    expect(stages(lines)).toEqual([
      ['intake', `${start} 09:00`],
      ['permitApplication', `${start} 10:00`],
      ['assistance', `${daysAfter(start, 1)} 10:00`],
    ]);
    expect(lines.flatMap((line) => (line.kind === 'notice' ? [`${line.partner} ${line.notice}`] : []))).toEqual([
      'ind m55-cooperation',
      'ind correction',
    ]);
  });

  it('moves a case to another office, whose people may join it and whose police it opens for', async () => {
    const intake = { ...aCase('+1').intake, indication: { observedOn: '+0', by: 'shelter' } };
    const lines = await played({
      ...aCase(inDays(2)),
      intake,
      facts: [
        { at: '+1T10:00', by: 'supervisor-1', type: 'intakeCorrected', reason: 'mistake', office: 'rotterdam' },
        { at: '+1T11:00', by: 'supervisor-1', type: 'teamChanged', role: 'lawyer', staffId: 'lawyer-1' },
        { at: '+1T12:00', by: 'supervisor-rotterdam-1', type: 'teamChanged', role: 'lawyer', staffId: 'lawyer-rotterdam-1' },
        { at: '+2T10:00', by: 'caseworker-rotterdam-1', type: 'consentGiven', purpose: 'policeContact' },
      ],
      until: '+3',
    });
    expect(lines.flatMap((line) => (line.kind === 'refused' ? [`${line.type} ${line.code}`] : []))).toEqual(['teamChanged not-found']);
    expect(mails(lines, 'police-rotterdam-1', 'offer-reflection-period', 'planned')).toHaveLength(1);
    expect(mails(lines, 'police-1', 'offer-reflection-period', 'planned')).toEqual([]);
  });

  it('records a signal of declining for a caseworker to check, and counts a signal of cooperation by a prosecutor', async () => {
    const lines = await played({
      ...aCase(inDays(2)),
      facts: [
        reflection,
        { at: '+3T15:00', signal: 'cooperation', answer: 'declines', recordedBy: 'police-1' },
        { at: '+3T15:01', signal: 'cooperation', answer: 'declines', recordedBy: 'nobody-1' },
        { at: '+3T15:02', signal: 'cooperation', answer: 'perhaps' },
        { at: '+5T10:00', signal: 'cooperation', answer: 'cooperates', form: 'reportSigned', recordedBy: 'prosecution-1' },
      ],
      until: '+6',
    });
    expect(mails(lines, 'caseworker-1', 'confirm-answer', 'due')).toHaveLength(1);
    expect(lines.flatMap((line) => (line.kind === 'fact' ? [line.type] : []))).toEqual(['reflectionStarted', 'cooperated']);
    expect(lines.at(-1)).toMatchObject({ stage: 'permitApplication' });
  });

  it('is the same each time', async () => {
    const scenario = {
      ...aCase(inDays(9)),
      facts: [reflection, { at: '+2T12:00', by: 'caseworker-1', type: 'contactMissed' }],
      until: '+4',
    };
    const [once, again] = [await played(scenario), await played(scenario)];
    const withoutSubjects = (lines: readonly Line[]) =>
      lines.filter(({ kind }) => kind !== 'end').map((line) => ({ ...line, subject: '' }));
    expect(withoutSubjects(again)).toEqual(withoutSubjects(once));
  });
});

function stages(lines: readonly Line[]): [string, string][] {
  return lines.flatMap((line): [string, string][] => (line.kind === 'stage' ? [[line.stage, local(line.at)]] : []));
}

function mails(lines: readonly Line[], to: string, about: string, step: string): Mail[] {
  return lines.filter(
    (line): line is Mail => line.kind === 'mail' && line.to === to && line.items.some((item) => item.about === about && item.step === step),
  );
}

function twiceADay(lines: readonly Line[]): string[] {
  const digests = lines.flatMap((line) =>
    line.kind === 'mail' && line.class !== 'alarm' && line.class !== 'new' ? [`${line.to} ${dateOf(line.at)}`] : [],
  );
  return digests.filter((each, index) => digests.indexOf(each) < index);
}

function eventsOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + (line.kind === 'end' ? line.historyEvents : 0), 0);
}

function local(at: Instant): string {
  return `${dateOf(at)} ${timeOf(at)}`;
}

function aCase(startOn: string) {
  return {
    name: 'an invented case',
    startOn,
    intake: { office: 'amsterdam', person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' } },
  };
}

const reflection = { at: '+0T10:00', by: 'police-1', type: 'reflectionStarted' };
