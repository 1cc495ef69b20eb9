import { refold } from '../../src/domain/case/caseFile';
import { receiveSignal } from '../../src/domain/case/signals';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import { aCase, instantOfWhen } from '../support/aCase';

describe('the number of a case', () => {
  it('is higher after each fact, each kept signal and each counted one', () => {
    const given = aCase({ post: 'closed' });
    const numbers = [given.file.sequence];
    for (const day of ['2027-09-02', '2027-09-03']) numbers.push(given.told('caseworker', day, 'contactMissed', {}).file.sequence);
    let { file } = given;
    for (let each = 0; each < 60; each += 1) {
      file = receiveSignal(file, { nonsense: true }, instantOfWhen('2027-09-04T10:00'));
      numbers.push(file.sequence);
    }
    expect(file.counted).not.toBeNull();
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  });

  it('is higher after a morning on which mail leaves, though nobody recorded anything', () => {
    const given = aCase().startedReflection('2027-09-01T11:00');
    const before = given.until('2027-09-02T08:59').file.sequence;
    expect(given.until('2027-09-02T09:01').file.sequence).toBeGreaterThan(before);
  });

  it('goes on in the next run where the last one left it', () => {
    const { file, now } = aCase().startedReflection('2027-09-01T11:00').until('2027-09-20');
    const { start, entries, sequence, counted } = file;
    expect(refold(start, entries, { outbox: forNextRun(file, now), sequence, counted }).sequence).toBe(sequence);
    expect(sequence).toBeGreaterThan(entries.length);
  });
});
