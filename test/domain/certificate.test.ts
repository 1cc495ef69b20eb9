import fc from 'fast-check';
import { certificateOf, dateFrom, type Certificate } from '../../src/domain/views/certificate';
import { be200809 } from '../../src/domain/policy/editions/be-2008-09';
import type { Letter, Outbox } from '../../src/domain/state/outbox';
import { withReceipts } from '../../src/domain/notifications/receipts';
import { aCase, instantOfWhen, type CaseOnTheClock, type PostOffice } from '../support/aCase';
import { attempt, someAttempts, someOpening } from '../support/someFacts';

/** The period runs from 1 September to the end of 1 December 2027. */
const inReflection = (post?: PostOffice) => aCase(post === undefined ? {} : { post }).startedReflection('2027-09-01T11:00');

describe('the certificate of a deadline', () => {
  it('can be recomputed from the facts and the length that it lists, in every case', () => {
    fc.assert(
      fc.property(someOpening, someAttempts(14), (opening, told) => {
        const given = aCase({ ...opening, post: 'closed' });
        for (const each of told) {
          attempt(given, each);
          for (const { id, date } of given.situation.deadlines) {
            const certificate = certificateOf(given.file, id, given.now);
            expect(certificate).toMatchObject({ id, date });
            expect(certificate && dateFrom(certificate)).toBe(date);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('lists who was reminded, when and at which step, and the reminders to come', () => {
    const given = inReflection().until('2027-11-18T12:00');
    const { reminders } = certificate(given, 'reflection-period');
    expect(reminders.filter(({ state }) => state === 'delivered')).toEqual([
      { step: 'warning', to: 'caseworker-1', state: 'delivered', at: instantOfWhen('2027-10-20T09:00') },
      { step: 'warning', to: 'caseworker-1', state: 'delivered', at: instantOfWhen('2027-11-03T09:00') },
      { step: 'warning', to: 'caseworker-1', state: 'delivered', at: instantOfWhen('2027-11-17T09:00') },
      { step: 'warning', to: 'care-coordinator-1', state: 'delivered', at: instantOfWhen('2027-11-17T09:00') },
    ]);
    expect(reminders).toContainEqual({ step: 'warning', to: 'supervisor', state: 'planned', on: '2027-11-24' });
  });

  it('shows a pending reminder, a refused one, and the next recipient of that one', () => {
    const post: PostOffice = ({ to }, at) => {
      if (at < '2027-10-20' || to !== 'caseworker-1') return { outcome: 'delivered' };
      return at < '2027-10-20T10:00' ? { outcome: 'failed' } : { outcome: 'refused', next: 'caseworker-2' };
    };
    const trying = certificate(inReflection(post).until('2027-10-20T09:20'), 'reflection-period').reminders;
    expect(trying).toContainEqual({ step: 'warning', to: 'caseworker-1', state: 'trying', at: instantOfWhen('2027-10-20T09:30') });
    const fallen = certificate(inReflection(post).until('2027-10-20T12:00'), 'reflection-period').reminders;
    expect(fallen.slice(0, 2)).toEqual([
      { step: 'warning', to: 'caseworker-1', state: 'refused', at: instantOfWhen('2027-10-20T10:00') },
      { step: 'warning', to: 'caseworker-2', state: 'delivered', at: instantOfWhen('2027-10-20T10:00') },
    ]);
  });

  it('keeps one receipt for repeated refusals, and of very many mails only the last ones', () => {
    const nobody: PostOffice = (_, at) => (at < '2027-10-20' ? { outcome: 'delivered' } : { outcome: 'refused', next: null });
    const refused = certificate(inReflection(nobody).until('2027-10-21T08:00'), 'reflection-period').reminders;
    expect(refused.filter(({ state }) => state === 'refused')).toHaveLength(1);
    const letter = { items: Array.from({ length: 90 }, (_, each) => ({ about: `objection-${each}`, step: 'soon' })), to: 'lawyer-1' };
    const deadlines = new Set(letter.items.map(({ about }) => about));
    const kept = Array.from({ length: 30 }, (_, day) => instantOfWhen(`2027-09-${day + 1}`)).reduce<Outbox['receipts']>(
      (receipts, now) => withReceipts(receipts, letter as unknown as Letter, 'delivered', { deadlines, now }),
      {},
    );
    const times = Object.values(kept).flatMap((tries) => tries.map(({ at }) => at));
    expect([times.length, times.toSorted()[0]]).toEqual([2_000, instantOfWhen('2027-09-08')]);
  });

  it('of the three months shows the expiry by silence, and that late news took it back', () => {
    const given = inReflection().until('2027-12-05');
    expect(certificate(given, 'reflection-period')).toMatchObject({
      state: 'passed',
      passing: {
        at: instantOfWhen('2027-12-02T00:00'),
        periodEnd: 'expired',
        tasks: ['ask-reporting-duty', 'tell-dtv', 'victim-statement', 'decide-route'],
      },
    });
    // The period in truth started on the second of September. That gives another last day and the same silence.
    given.corrects('supervisor', '2027-12-05T12:00', 'fact-1', { type: 'reflectionStarted', on: '2027-09-02' });
    expect(certificate(given, 'reflection-period').passing?.tasks).toEqual([
      'ask-reporting-duty',
      'tell-dtv',
      'victim-statement',
      'decide-route',
    ]);
    given.cooperated('2027-12-06', '2027-11-20');
    expect(certificate(given, 'reflection-period')).toMatchObject({
      state: 'met',
      end: { state: 'met', on: '2027-11-20' },
      passing: { periodEnd: 'cooperated' },
    });
  });

  it('of a deadline that was met in time shows no passing', () => {
    const given = inReflection().cooperated('2027-10-01');
    expect(certificate(given, 'reflection-period')).toMatchObject({ state: 'met', passing: null, end: { on: '2027-10-01' } });
  });

  it("of IND's term names the fact that extended it, also if that fact came before the start", () => {
    const extended = {
      length: 'P90D',
      extension: 'P6M',
      date: '2028-06-06',
      facts: [{ type: 'taskCompleted' }, { type: 'decisionTermExtended' }],
    };
    const given = inReflection().cooperated('2027-09-05');
    const after = given
      .completed('2027-09-07', 'm55-cooperation-notice')
      .told('ind', '2027-09-08', 'decisionTermExtended', { reason: 'other' });
    expect(certificate(after, 'ind-decision')).toMatchObject(extended);
    const before = inReflection().cooperated('2027-09-05').told('ind', '2027-09-06', 'decisionTermExtended', { reason: 'other' });
    expect(certificate(before.completed('2027-09-07', 'm55-cooperation-notice'), 'ind-decision')).toMatchObject(extended);
  });

  it('of a term of hours gives its last instant, and of a permit the date of IND', () => {
    const given = inReflection().cooperated('2027-09-05').completed('2027-09-06T15:20', 'm55-cooperation-notice');
    expect(certificate(given, 'ind-decision-target')).toMatchObject({ length: 'PT24H', instant: instantOfWhen('2027-09-07T15:20') });
    given.granted('2027-09-07', '2028-09-06');
    expect(certificate(given, 'permit-end')).toMatchObject({ length: null, date: '2028-09-06', facts: [{ until: '2028-09-06' }] });
  });

  it('of a risk assessment names the assessment, not the fact that started the preparation', () => {
    const given = inReflection()
      .told('caseworker', '2027-09-10', 'riskAssessed', { outcome: 'acceptable' })
      .declined('2027-09-12')
      .took('2027-09-15', 'return');
    expect(certificate(given, 'risk-assessment')).toMatchObject({ startedOn: '2027-09-10', facts: [{ type: 'riskAssessed' }] });
  });

  it('of the three months cites the law of its edition, and in a Dublin case the fact behind the thirty days', () => {
    const begins = (opening: Parameters<typeof aCase>[0]) => aCase(opening).told('police', '2027-09-02', 'reflectionStarted', {});
    const belgian = certificate(begins({ edition: be200809 }), 'reflection-period');
    expect(belgian).toMatchObject({ length: 'P45D', source: be200809.source });
    const dublin = aCase({ person: { residence: 'dublin' } }).told('police', '2027-09-01T11:00', 'eligibilityDecided', {
      eligible: true,
      ground: 'dublin',
    });
    expect(certificate(dublin.told('police', '2027-09-02', 'reflectionStarted', {}), 'reflection-period')).toMatchObject({
      length: 'P30D',
      source: expect.stringContaining('WBV23'),
      facts: [{ type: 'reflectionStarted' }, { type: 'eligibilityDecided' }],
    });
  });

  it('of a Dublin case names the verdict in effect, not an earlier-dated one that was recorded later', () => {
    const given = aCase({ person: { residence: 'dublin' } });
    given.told('police', '2027-09-03T11:00', 'eligibilityDecided', { eligible: true, ground: 'dublin' });
    given.told('police', '2027-09-04T11:00', 'eligibilityDecided', { eligible: true, ground: 'noLawfulResidence', on: '2027-09-02' });
    const { facts } = certificate(given.told('police', '2027-09-05', 'reflectionStarted', {}), 'reflection-period');
    expect(facts.map(({ type, on }) => [type, on])).toEqual([
      ['reflectionStarted', '2027-09-05'],
      ['eligibilityDecided', '2027-09-03'],
    ]);
  });

  it("lists this morning's warning as future until nine o'clock", () => {
    const planned = (when: string) =>
      certificateOf(inReflection().until(when).file, 'reflection-period', instantOfWhen(when))?.reminders.flatMap((each) =>
        each.state === 'planned' ? [each.on] : [],
      );
    expect(planned('2027-11-03T08:59')).toContain('2027-11-03');
    expect(planned('2027-11-03T09:00')).not.toContain('2027-11-03');
  });

  it('does not exist for a deadline that the case does not have', () => {
    expect(certificateOf(inReflection().file, 'objection', instantOfWhen('2027-09-02'))).toBeNull();
  });
});

function certificate(given: CaseOnTheClock, id: string): Certificate {
  const found = certificateOf(given.file, id, given.now);
  if (found === null) throw new Error(`no deadline ${id}`);
  return found;
}
