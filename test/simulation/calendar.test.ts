import { dateOf, daysAfter, instantAt, timeOf, type PlainDate } from '../../src/domain/basics/calendar';
import type { Line } from '../../src/simulation/lines';
import { played } from '../support/scenarios';

/**
 * Fixed dates far enough ahead for years of test runs, with known weekdays: months that end early, a leap year, and the two nights of the
 * clock changes.
 */
describe('a reflection period of three calendar months', () => {
  it.each<[PlainDate, PlainDate, string]>([
    ['2047-11-30', '2048-02-29', 'the last day of February in a leap year'],
    ['2048-11-30', '2049-02-28', 'the last day of February in any other'],
    ['2049-01-31', '2049-04-30', 'the last day of a short month, over a clock change'],
  ])('that started on %s lasts to the end of %s: %s', async (startedOn, lastDay) => {
    const lines = await played({ ...inItsLastDays(startedOn, lastDay), facts: [started(startedOn)], until: '+3T09:00' });
    expect(stages(lines)).toEqual([
      `intake ${daysAfter(lastDay, -2)} 09:00`,
      `reflection ${daysAfter(lastDay, -2)} 10:00`,
      `decision ${daysAfter(lastDay, 1)} 00:00`,
    ]);
    const expired = lines.filter((line) => line.kind === 'mail' && line.items.some(({ step }) => step === 'expired'));
    expect(expired.map((line) => (line.kind === 'mail' ? line.to : ''))).toEqual(['caseworker-1', 'supervisor-1']);
  });

  it.each([
    ['of the last day, recorded in its last minute', '+2T23:59', '2048-02-29', 'permitApplication'],
    ['of the last day, recorded a day late', '+3T15:00', '2048-02-29', 'permitApplication'],
    ['of the day after', '+3T15:00', '2048-03-01', 'permitApplication'],
  ])('accepts an answer %s', async (_, at, on, stage) => {
    const cooperated = { at, by: 'police-1', type: 'cooperated', form: 'reportSigned', on };
    const lines = await played({
      ...inItsLastDays('2047-11-30', '2048-02-29'),
      facts: [started('2047-11-30'), cooperated],
      until: '+4',
    });
    const wentOn = lines.some((line) => line.kind === 'stage' && line.stage === 'decision');
    expect({ wentOn, ...lines.at(-1) }).toMatchObject({ wentOn: at.startsWith('+3'), stage });
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'notice', partner: 'ind', notice: 'm55-cooperation' }));
  });

  it('does not start after cooperation, since the person does not need it', async () => {
    const cooperated = { at: '+0T09:30', by: 'kmar-1', type: 'cooperated', form: 'witness' };
    const lines = await played({ ...aCase('2047-11-30'), facts: [cooperated, { ...reflection, at: '+0T10:00' }], until: '+0T12:00' });
    expect(lines.at(-1)).toMatchObject({ stage: 'permitApplication' });
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'refused', type: 'reflectionStarted', code: 'fact-not-possible' }));
  });
});

describe('the night of a clock change', () => {
  it('in spring moves neither the morning mail nor the 24 hours of a task, which end at ten', async () => {
    const lines = await played({ ...aCase('2047-03-30'), facts: [], until: '2047-04-01' });
    expect(mails(lines, 'police-1', '2047-03-31')).toEqual([
      '2047-03-31 09:00 reminder comensha-registration due, informative-interview soon, offer-reflection-period due',
      '2047-03-31 10:00 alarm offer-reflection-period alarm',
    ]);
  });

  it('in autumn ends the 24 hours at eight, so the morning mail an hour later leaves them out', async () => {
    const lines = await played({ ...aCase('2047-10-26'), facts: [], until: '2047-10-28' });
    expect(mails(lines, 'police-1', '2047-10-27')).toEqual([
      '2047-10-27 08:00 alarm offer-reflection-period alarm',
      '2047-10-27 09:00 reminder comensha-registration due, informative-interview soon',
    ]);
  });

  it('moves a fact at a missing hour to the next hour, and one at a repeated hour to the first', async () => {
    const fact = (at: string) => ({ at, by: 'police-1', type: 'reflectionStarted' });
    const [spring, autumn] = [
      await played({ ...aCase('2047-03-30'), facts: [fact('2047-03-31T02:30')], until: '2047-03-31T04:00' }),
      await played({ ...aCase('2047-10-26'), facts: [fact('2047-10-27T02:30')], until: '2047-10-27T04:00' }),
    ];
    const recordedAt = (lines: readonly Line[]) => lines.find(({ kind }) => kind === 'fact')?.at;
    expect(recordedAt(spring)).toBe('2047-03-31T01:30:00Z');
    expect(recordedAt(autumn)).toBe('2047-10-27T00:30:00Z');
  });
});

describe('the events of one minute', () => {
  it('are printed in one order: stages, facts, notices, alarms, digests by recipient', async () => {
    const lines = await played({
      ...aCase('2047-11-30'),
      facts: [
        reflection,
        { at: '+1T09:00', by: 'caseworker-1', type: 'taskCompleted', task: 'no-such-task' },
        { at: '+1T09:00', by: 'police-1', type: 'cooperated', form: 'reportSigned' },
        { at: '+1T09:00', by: 'caseworker-1', type: 'consentGiven', purpose: 'medical' },
      ],
      until: '+1T10:00',
    });
    const minute = lines.filter(({ at, kind }) => at === instantAt('2047-12-01', '09:00') && kind !== 'end');
    const kinds = minute.map((line) => (line.kind === 'mail' ? (line.class === 'alarm' ? 'alarm' : 'digest') : line.kind));
    expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual(['stage', 'refused', 'fact', 'notice', 'alarm', 'digest']);
    expect(minute.flatMap((line) => ('type' in line ? [line.type] : []))).toEqual(['taskCompleted', 'cooperated', 'consentGiven']);
    const to = minute.flatMap((line) => (line.kind === 'mail' && line.class !== 'alarm' ? [line.to] : []));
    expect(to).toEqual([...to].sort());
  });
});

function stages(lines: readonly Line[]): string[] {
  return lines.flatMap((line) => (line.kind === 'stage' ? [`${line.stage} ${local(line.at)}`] : []));
}

function mails(lines: readonly Line[], to: string, day: string): string[] {
  return lines.flatMap((line) => {
    if (line.kind !== 'mail' || line.to !== to || !local(line.at).startsWith(day)) return [];
    const items = line.items.map(({ about, step }) => `${about} ${step}`).sort();
    return [`${local(line.at)} ${line.class} ${items.join(', ')}`];
  });
}

function local(at: Line['at']): string {
  return `${dateOf(at)} ${timeOf(at)}`;
}

function aCase(startOn: string) {
  const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' };
  return { name: 'an invented case', startOn, intake: { office: 'amsterdam', person } };
}

/** A case registered two days before the end of its period, so that the test need not play months of waiting. */
function inItsLastDays(startedOn: PlainDate, lastDay: PlainDate) {
  const { intake, ...rest } = aCase(daysAfter(lastDay, -2));
  return { ...rest, intake: { ...intake, indication: { observedOn: startedOn, by: 'police' } } };
}

function started(on: PlainDate) {
  return { ...reflection, on };
}

const reflection = { at: '+0T10:00', by: 'police-1', type: 'reflectionStarted' };
