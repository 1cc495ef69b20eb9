import type { PlainDate } from '../../src/domain/basics/calendar';
import type { KeptSignal } from '../../src/domain/facts/log';
import type { RecordedFact } from '../../src/domain/facts/recordedFact';
import type { Fact } from '../../src/domain/facts/catalogue';
import { sentenceOf } from '../../src/domain/views/timeline';

const on: PlainDate = '2028-01-10';

describe('the timeline of a case', () => {
  it.each<[Fact, string, string]>([
    [{ type: 'cooperated', on, form: 'reportSigned' }, 'Betrokkene werkt mee: aangifte.', 'The person cooperates: a signed report.'],
    [{ type: 'cooperated', on, form: 'witness' }, 'Betrokkene werkt mee: als getuige.', 'The person cooperates: as a witness.'],
    [
      { type: 'taskCompleted', on, task: 'decision-talk-3' },
      'Taak gedaan: Gesprek over de keuze (3).',
      "Task done: Talk about the person's choice (3).",
    ],
    [
      { type: 'taskWaived', on, task: 'care-plan', reason: 'refusedByPerson' },
      'Taak vervalt: Zorgplan; reden: betrokkene wil het niet.',
      'Task waived: Care plan; reason: the person does not want it.',
    ],
    [
      { type: 'eligibilityDecided', on, eligible: false, ground: 'euCitizen' },
      'Besloten of de verblijfsregeling voor betrokkene openstaat: nee; grond: burger van de Unie.',
      'Decided whether the residence scheme is open to the person: no; ground: citizen of the Union.',
    ],
    [
      { type: 'permitGranted', on, from: '2028-01-15', until: '2029-01-14' },
      'Vergunning verleend van 15 januari 2028 tot en met 14 januari 2029.',
      'Permit granted from 15 January 2028 to 14 January 2029.',
    ],
    [{ type: 'objectionFiled', on }, 'Bezwaar gemaakt.', 'An objection was filed.'],
    [
      { type: 'objectionFiled', on, suspends: false },
      'Bezwaar gemaakt. Het schort het vertrek niet op.',
      'An objection was filed. It does not suspend departure.',
    ],
    [
      { type: 'objectionDecided', on, outcome: 'upheld' },
      'IND heeft op het bezwaar beslist: gegrond.',
      'IND decided on the objection: upheld.',
    ],
    [
      { type: 'permitEnded', on, reason: 'withdrawn', withEffectFrom: '2027-12-01' },
      'Vergunning geëindigd: ingetrokken. Dat geldt vanaf 1 december 2027.',
      'The permit ended: it was withdrawn. That holds from 1 December 2027.',
    ],
    [
      { type: 'taskAdded', on, kind: 'social', due: '2028-02-01', owner: 'careCoordinator' },
      'Taak toegevoegd voor de zorgcoördinator, uiterlijk 1 februari 2028.',
      'Task added for the care coordinator, due 1 February 2028.',
    ],
    [
      { type: 'consentGiven', on, purpose: 'returnDataExchange' },
      'Betrokkene geeft toestemming voor: uitwisseling met IOM, IND en DT&V over terugkeer.',
      'The person consents to: exchange with IOM, IND and DT&V about a return.',
    ],
    [
      { type: 'deadlineLifted', on, deadline: 'objection', reason: 'ownWish' },
      'Termijn opgeheven: Termijn voor bezwaar; reden: eigen wens.',
      "Deadline lifted: Term for an objection; reason: the person's own wish.",
    ],
  ])('shows a sentence for %j', (fact, nl, en) => {
    expect(sentenceOf(told(fact), 'nl')).toBe(nl);
    expect(sentenceOf(told(fact), 'en')).toBe(en);
  });

  it('names the date of a fact that was recorded on a later day', () => {
    expect(sentenceOf(told({ type: 'interviewHeld', on: '2028-01-08' }), 'en')).toBe(
      'The informative interview was held. That was on 8 January 2028.',
    );
  });

  it('does not name the date of a fact that was recorded on its day, in the time of Amsterdam', () => {
    const lateInTheEvening = { ...told({ type: 'interviewHeld', on: '2028-01-11' }), receivedAt: '2028-01-10T23:30:00Z' as const };
    expect(sentenceOf(lateInTheEvening, 'en')).toBe('The informative interview was held.');
  });

  it.each<KeptSignal['type']>(['declineSignalled', 'signalNotPossible', 'signalMalformed'])(
    'keeps a sentence for a signal that was no fact: %s',
    (type) => {
      const entry: KeptSignal = { id: 'signal-1', type, receivedAt: '2028-01-10T10:00:00Z' };
      expect(sentenceOf(entry, 'nl')).toMatch(/^Een .+\.$/);
      expect(sentenceOf(entry, 'en')).toMatch(/^A .+\.$/);
    },
  );
});

function told(fact: Fact): RecordedFact {
  return { ...fact, id: 'fact-1', by: { id: 'police-1', roles: ['police'] }, receivedAt: '2028-01-10T10:00:00Z' };
}
