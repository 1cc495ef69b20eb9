import { inDays, scriptFrom } from '../support/scenarios';

describe('a broken scenario', () => {
  it.each([
    ['begins in the past', { startOn: '2020-01-01' }, /startOn 2020-01-01 lies in the past/],
    ['begins on a day that does not exist', { startOn: '2030-02-30' }, /2030-02-30 is not a date that exists/],
    ['has a key that nobody knows', { colour: 'red' }, /colour/],
    ['names no end', { until: undefined }, /until/],
    ['has an outage with half a day', { mailOutages: [{ from: '+1T25:00', until: '+2' }] }, /\+1T25:00 is not a time of the day/],
    [
      'has an outage that ends before it begins',
      { mailOutages: [{ from: '+3', until: '+1' }] },
      /mailOutages\.0: it ends on \+1, before it begins/,
    ],
    ['ends before it has begun', { until: '+0' }, /until: \+0 lies before the intake/],
    ['tells a fact that is none', { facts: [{ at: '+1', by: 'police-1', type: 'abducted' }] }, /^facts\.0 \(abducted\): type/],
    [
      'tells a fact with a code that is none',
      { facts: [{ at: '+1', by: 'police-1', type: 'cooperated', form: 'maybe' }] },
      /^facts\.0 \(cooperated\): form/,
    ],
    [
      'has a fact of an unknown staff member',
      { facts: [{ at: '+1', by: 'nobody-1', type: 'contactMissed' }] },
      /^facts\.0\.by: there is no staff member nobody-1/,
    ],
    [
      'tells a fact before the intake',
      { facts: [{ at: '+0T08:59', by: 'police-1', type: 'reflectionStarted' }] },
      /lies before the intake/,
    ],
    ['opens a case in an office that is none', { intake: { office: 'atlantis', person: {} } }, /office/],
    ['names an edition that is none', { intake: { office: 'amsterdam', person: person(), policyEdition: 'NL-1999-01' } }, /policyEdition/],
    [
      'begins with an indication that lies ahead',
      { intake: { office: 'amsterdam', person: person(), indication: { observedOn: '+1', by: 'police' } } },
      /indication\.observedOn: lies in the future/,
    ],
    ['dates a fact on a day that does not exist', { facts: [{ ...fact(), on: '2030-02-30' }] }, /on: a date that exists/],
    ['dates a fact at a time that is none', { facts: [{ ...fact(), on: '+0T25:00' }] }, /\+0T25:00 is not a time of the day/],
  ])('is refused with a sentence if it %s', (_, changes, words) => {
    expect(() => scriptFrom({ ...whole, ...changes })).toThrow(words);
  });

  it('does not include one with overlapping outages, which count as one outage', () => {
    const mailOutages = [
      { from: '+5', until: '+6' },
      { from: '+1T12:00', until: '+3' },
      { from: '+1', until: '+2' },
      { from: '+3', until: '+4' },
    ];
    const { outages } = scriptFrom({ ...whole, startOn: '2047-11-30', mailOutages });
    expect(outages).toEqual([
      { from: '2047-11-30T23:00:00Z', until: '2047-12-03T23:00:00Z' },
      { from: '2047-12-04T23:00:00Z', until: '2047-12-05T23:00:00Z' },
    ]);
  });

  it('does not include a complete one', () => {
    expect(scriptFrom(whole).events).toHaveLength(1);
  });

  it('does not include one with a future fact or a wrong teller, which is refused when its time comes', () => {
    const facts = [
      { ...fact(), on: '+9' },
      { ...fact(), by: 'lawyer-1' },
    ];
    expect(scriptFrom({ ...whole, facts }).events).toHaveLength(2);
  });
});

describe('a date in a scenario', () => {
  const dated = (entry: object) => {
    const [event] = scriptFrom({ ...whole, startOn: '2047-11-30', facts: [{ ...fact(), ...entry }], until: '+60' }).events;
    return event;
  };

  it.each([
    ['2047-12-05', '2047-12-04T23:00:00Z'],
    ['2047-12-05T14:30', '2047-12-05T13:30:00Z'],
    ['+5', '2047-12-04T23:00:00Z'],
    ['+5T14:30', '2047-12-05T13:30:00Z'],
  ])('%s is an instant: midnight if it has no time', (text, instant) => {
    expect(dated({ at: text })).toMatchObject({ at: instant });
  });

  it.each(['2047-12-05', '2047-12-05T14:30', '+5', '+5T14:30'])('%s is the day of an event, whatever the hour', (text) => {
    expect(dated({ at: '+40', on: text })).toMatchObject({ fact: { on: '2047-12-05' } });
    const granted = { at: '+40', by: 'ind-1', type: 'permitGranted', from: text, until: '+40' };
    expect(dated(granted)).toMatchObject({ fact: { from: '2047-12-05', until: '2048-01-09' } });
  });

  it.each(['2047-12-05', '2047-12-05T14:30', '+5', '+5T14:30'])('%s is the day in every field that holds a date', (text) => {
    const planned = { at: '+4', by: 'ind-1', type: 'transferPlanned', transferOn: text };
    expect(dated(planned)).toMatchObject({ fact: { transferOn: '2047-12-05' } });
    const ended = { at: '+40', by: 'ind-1', type: 'permitEnded', reason: 'withdrawn', withEffectFrom: text };
    expect(dated(ended)).toMatchObject({ fact: { withEffectFrom: '2047-12-05' } });
    const dismissed = { at: '+40', by: 'prosecution-1', type: 'caseDismissed', formalNotice: true, on: '+1', knownOn: text };
    expect(dated(dismissed)).toMatchObject({ fact: { on: '2047-12-01', knownOn: '2047-12-05' } });
    const corrected = {
      at: '+40',
      by: 'supervisor-1',
      type: 'intakeCorrected',
      reason: 'mistake',
      asylumRequestedOn: text,
      observedOn: text,
    };
    expect(dated(corrected)).toMatchObject({ fact: { asylumRequestedOn: '2047-12-05', observedOn: '2047-12-05' } });
  });

  it('of the intake may be relative too', () => {
    const intake = {
      office: 'amsterdam',
      person: { ...person(), residence: 'dublin', asylumRequestedOn: '+0' },
      indication: { observedOn: '+0T08:00', by: 'shelter' },
    };
    const { start } = scriptFrom({ ...whole, startOn: '2047-11-30', intake });
    expect(start).toMatchObject({ indication: { observedOn: '2047-11-30' }, person: { asylumRequestedOn: '2047-11-30' } });
  });

  it('of a fact is by default the day on which it is recorded', () => {
    expect(dated({ at: '+5T00:00' })).toMatchObject({ fact: { on: '2047-12-05' } });
  });
});

describe('the intake of a scenario', () => {
  const startedBy = (by: string) => scriptFrom({ ...whole, intake: { ...whole.intake, indication: { observedOn: '+0', by } } }).start;

  it.each([
    ['police', 'police-1'],
    ['kmar', 'kmar-1'],
    ['labourInspectorate', 'inspector-1'],
  ])('is told by the %s who met the person: %s', (by, id) => {
    expect(startedBy(by)).toMatchObject({ registeredBy: id, team: { police: 'police-1' } });
    expect(startedBy(by).hiddenFromPolice ?? false).toBe(false);
  });

  it.each(['shelter', 'municipality', 'lawyer', 'self', 'other'])(
    'is told by a caseworker if it was %s, and the police do not know',
    (by) => {
      const { registeredBy, hiddenFromPolice, team } = startedBy(by);
      expect({ registeredBy, hiddenFromPolice, team }).toEqual({
        registeredBy: 'caseworker-1',
        hiddenFromPolice: true,
        team: { caseworker: 'caseworker-1', careCoordinator: 'care-coordinator-1', supervisor: 'supervisor-1' },
      });
    },
  );
});

function person() {
  return { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' };
}

function fact() {
  return { at: '+1', by: 'caseworker-1', type: 'contactMissed' };
}

const whole = {
  name: 'an invented case',
  startOn: inDays(1),
  intake: { office: 'amsterdam', person: person() },
  facts: [fact()],
  until: '+2',
};
