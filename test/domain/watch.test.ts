import { standingStillText } from '../../src/domain/notifications/operationsMail';
import { beforeTheFirstLook, mustNotify, looked, numbersOf } from '../../src/domain/notifications/watch';

describe('the watch over the cases', () => {
  it('counts an ended case at once, and a blocked one if it was blocked at the look before', () => {
    const first = looked(beforeTheFirstLook, { ended: ['BT-1'], blocked: ['BT-2', 'BT-3'] });
    expect(numbersOf(first)).toEqual({ ended: 1, blocked: 0 });
    const second = looked(first, { ended: ['BT-1'], blocked: ['BT-3', 'BT-4'] });
    expect(second).toMatchObject({ ended: ['BT-1'], blocked: ['BT-3'] });
  });

  it('forgets a case that works again', () => {
    const twice = [1, 2].reduce((watch) => looked(watch, { ended: ['BT-1'], blocked: ['BT-2'] }), beforeTheFirstLook);
    expect(numbersOf(looked(twice, { ended: [], blocked: [] }))).toEqual({ ended: 0, blocked: 0 });
  });

  it('notifies operations once a day, and not at all if there is nothing', () => {
    const watch = looked(beforeTheFirstLook, { ended: ['BT-1'], blocked: [] });
    expect(mustNotify(beforeTheFirstLook, '2027-12-06')).toBe(false);
    expect(mustNotify(watch, '2027-12-06')).toBe(true);
    expect(mustNotify({ ...watch, notifiedOn: '2027-12-06' }, '2027-12-06')).toBe(false);
    expect(mustNotify({ ...watch, notifiedOn: '2027-12-06' }, '2027-12-07')).toBe(true);
  });
});

describe('the mail to operations', () => {
  it('contains the two numbers, and no reference', () => {
    const { subject, text } = standingStillText({ ended: 2, blocked: 1 });
    expect(subject).toBe('Dossiers staan stil (3)');
    expect(text).toContain('Beëindigd in Temporal: 2\nGeblokkeerd door een fout: 1');
    expect(subject + text).not.toContain('BT-');
  });
});
