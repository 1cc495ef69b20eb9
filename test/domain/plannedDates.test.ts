import { situationAt } from '../../src/domain/case/caseFile';
import { plannedDates } from '../../src/domain/plan/plannedDates';
import { planName, plannedDateInWords } from '../../src/domain/words';
import { aCase } from '../support/aCase';

describe('the dates of a case', () => {
  it('are those of all its tasks and deadlines, once each, in order', () => {
    const { tasks, deadlines } = silent();
    const dates = plannedDates(silent());
    expect(dates.map(({ id }) => id).toSorted()).toEqual([...tasks, ...deadlines].map(({ id }) => id).toSorted());
    expect(dates.map(({ on }) => on)).toEqual(dates.map(({ on }) => on).toSorted());
  });

  it('are over if the task or deadline ended before its day had passed, however it ended', () => {
    const given = aCase();
    given.told('police', '2027-09-01T10:00', 'reflectionStarted', {});
    given.told('caseworker', '2027-10-01T10:00', 'taskCompleted', { task: 'safety-plan' });
    given.told('police', '2027-10-13T10:00', 'cooperated', { form: 'reportSigned' });
    const { situation } = given.file;
    expect(ofId(plannedDates(situation), 'safety-plan').isOver).toBe(false);
    expect(ofId(plannedDates(situation), 'reflection-period')).toMatchObject({ on: '2027-12-01', isOver: true });
    expect(ofId(plannedDates(situation), 'informative-interview').isOver).toBe(true);
  });

  it('have a sentence that names the owner, and the hour of a task of hours', () => {
    const dates = plannedDates(silent());
    expect(plannedDateInWords(ofId(dates, 'safe-bed'), 'en')).toBe('A safe place to sleep (care coordinator), 09:00');
    expect(plannedDateInWords(ofId(dates, 'reporting-duty-1'), 'nl')).toBe('Meldplicht (1) (politie)');
    expect(plannedDateInWords(ofId(dates, 'reflection-period'), 'nl')).toBe('Einde van de bedenktijd');
    expect(planName('2027-09-01', 'en')).toBe('Plan from 1 September 2027');
  });
});

function silent() {
  const given = aCase();
  given.told('police', '2027-09-01T10:00', 'reflectionStarted', {});
  return situationAt(given.file, given.now);
}

function ofId(dates: ReturnType<typeof plannedDates>, id: string) {
  const found = dates.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}
