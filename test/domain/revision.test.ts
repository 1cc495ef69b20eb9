import { refold } from '../../src/domain/case/caseFile';
import { receiveSignal } from '../../src/domain/case/signals';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import { aCase, instantOfWhen } from '../support/aCase';

describe('the number of a case', () => {
  it('is higher after each fact, each kept signal and each counted one', () => {
    const given = aCase({ post: 'closed' });
    const numbers = [given.file.revision];
    for (const day of ['2027-09-02', '2027-09-03']) numbers.push(given.told('caseworker', day, 'contactMissed', {}).file.revision);
    let { file } = given;
    for (let each = 0; each < 60; each += 1) {
      file = receiveSignal(file, { nonsense: true }, instantOfWhen('2027-09-04T10:00'));
      numbers.push(file.revision);
    }
    expect(file.counted).not.toBeNull();
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  });

  it('is higher after a morning on which mail leaves, though nobody recorded anything', () => {
    const given = aCase().startedReflection('2027-09-01T11:00');
    const before = given.until('2027-09-02T08:59').file.revision;
    expect(given.until('2027-09-02T09:01').file.revision).toBeGreaterThan(before);
  });

  it('goes on in the next run where the last one left it', () => {
    const { file, now } = aCase().startedReflection('2027-09-01T11:00').until('2027-09-20');
    const { start, entries, revision, counted } = file;
    expect(refold(start, entries, { outbox: forNextRun(file, now), revision, counted }).revision).toBe(revision);
    expect(revision).toBeGreaterThan(entries.length);
  });
});
