import { dispatchAt } from '../../src/domain/notifications/agenda';
import { refold } from '../../src/domain/case/caseFile';
import { afterDelivery } from '../../src/domain/notifications/delivery';
import { forNextRun } from '../../src/domain/notifications/nextRun';
import { aCase, instantOfWhen, type PostOffice } from '../support/aCase';

describe('while a letter is under way', () => {
  it('a task in it that is done and reopened is mailed again', () => {
    const given = aCase({ post: 'closed' });
    const { file, dispatch } = dispatchAt(given.file, instantOfWhen('2027-09-01T09:00'));
    given.file = file;
    const supervisor = { task: 'interpreter' };
    given
      .told('supervisor', '2027-09-01T09:03', 'taskCompleted', supervisor)
      .told('supervisor', '2027-09-01T09:04', 'taskReopened', supervisor);
    const arrived = dispatch.letters.map(({ id }) => ({ id, outcome: 'delivered' as const }));
    const now = instantOfWhen('2027-09-01T09:10');
    const { letters } = dispatchAt(afterDelivery(given.file, arrived, now), now).dispatch;
    expect(letters.flatMap(({ to, items }) => items.map(({ about, step }) => `${to} ${about} ${step}`))).toEqual([
      'caseworker-1 interpreter planned',
    ]);
  });

  it('an alarm forwarded to a person who has it is not sent again, also in the next run', () => {
    const post: PostOffice = ({ to }, at) => {
      if (to !== 'caseworker-1' || at < '2027-09-05T12:00') return { outcome: 'delivered' };
      return at < '2027-09-05T12:15' ? { outcome: 'failed' } : { outcome: 'refused', next: 'supervisor-1' };
    };
    const given = aCase({ person: { ageGroup: 'minor', unaccompanied: true }, post }).until('2027-09-05T11:00');
    given.told('police', '2027-09-05T12:00', 'departedUnknown', {}).until('2027-09-05T12:10');
    given.file = refold(given.file.start, given.file.entries, { outbox: forNextRun(given.file, given.now) });
    const alarms = given
      .until('2027-09-05T13:00')
      .mails.filter(({ to, items }) => to === 'supervisor-1' && items.includes('departed-unknown alarm'));
    expect(alarms).toHaveLength(1);
  });
});
