import { standingStillText } from '../../src/domain/notifications/operationsMail';
import { beforeTheFirstLook, mustNotify, looked, numbersOf } from '../../src/domain/notifications/watch';

const stranded = [
  { build: 'd41d8cd98f00', cases: 3 },
  { build: null, cases: 2 },
];

describe('the watch over the cases', () => {
  it('counts ended and stranded cases at once, and a blocked one if it was blocked at the look before', () => {
    const first = looked(beforeTheFirstLook, { ended: ['BT-1'], blocked: ['BT-2', 'BT-3'], stranded });
    expect(numbersOf(first)).toEqual({ ended: 1, blocked: 0, stranded: 5 });
    const second = looked(first, { ended: ['BT-1'], blocked: ['BT-3', 'BT-4'], stranded: [] });
    expect(second).toMatchObject({ ended: ['BT-1'], blocked: ['BT-3'], stranded: [] });
  });

  it('forgets a case that works again', () => {
    const twice = [1, 2].reduce((watch) => looked(watch, { ended: ['BT-1'], blocked: ['BT-2'], stranded }), beforeTheFirstLook);
    expect(numbersOf(looked(twice, { ended: [], blocked: [], stranded: [] }))).toEqual({ ended: 0, blocked: 0, stranded: 0 });
  });

  it.each([
    ['a case that ended', { ended: ['BT-1'], blocked: [], stranded: [] }],
    ['stranded cases', { ended: [], blocked: [], stranded }],
  ])('notifies operations of %s once a day, and not at all if there is nothing', (_, cases) => {
    const watch = looked(beforeTheFirstLook, cases);
    expect(mustNotify(beforeTheFirstLook, '2027-12-06')).toBe(false);
    expect(mustNotify(watch, '2027-12-06')).toBe(true);
    expect(mustNotify({ ...watch, notifiedOn: '2027-12-06' }, '2027-12-06')).toBe(false);
    expect(mustNotify({ ...watch, notifiedOn: '2027-12-06' }, '2027-12-07')).toBe(true);
  });
});

describe('the mail to operations', () => {
  it('contains the three numbers, and no reference', () => {
    const { subject, text } = standingStillText({ ended: 2, blocked: 1, stranded: 5 });
    expect(subject).toBe('Dossiers staan stil (8)');
    expect(text).toContain('Beëindigd in Temporal: 2\nGeblokkeerd door een fout: 1\nZonder hun programmaversie: 5');
    expect(subject + text).not.toContain('BT-');
  });
});
