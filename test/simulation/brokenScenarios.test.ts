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
    ['tells a fact that is none', { facts: [{ at: '+1', by: 'police-1', type: 'abducted' }] }, /abducted/],
    [
      'tells a fact with a code that is none',
      { facts: [{ at: '+1', by: 'police-1', type: 'cooperated', form: 'maybe' }] },
      /cooperated: form/,
    ],
    ['lets somebody speak whom nobody knows', { facts: [{ at: '+1', by: 'nobody-1', type: 'contactMissed' }] }, /nobody is nobody-1/],
    [
      'tells a fact before the intake',
      { facts: [{ at: '+0T08:59', by: 'police-1', type: 'reflectionStarted' }] },
      /lies before the intake/,
    ],
    ['opens a case in an office that is none', { intake: { office: 'atlantis', person: {} } }, /office/],
  ])('is refused in words when it %s', (_, changes, words) => {
    expect(() => scriptFrom({ ...whole, ...changes })).toThrow(words);
  });

  it('is not one whose outages overlap: they are one', () => {
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

  it('is not one that lacks nothing', () => {
    expect(scriptFrom(whole).events).toHaveLength(1);
  });
});

const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' };
const whole = {
  name: 'an invented case',
  startOn: inDays(1),
  intake: { office: 'amsterdam', person },
  facts: [{ at: '+1', by: 'caseworker-1', type: 'contactMissed' }],
  until: '+2',
};
