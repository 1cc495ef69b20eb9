import { dateOf, instantOf } from '../../src/domain/basics/calendar';

/** The request bodies for both services. */

export function intake() {
  return {
    indication: { observedOn: dateOf(instantOf(Date.now())), by: 'police' },
    office: 'amsterdam',
    person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'HU' },
  };
}

export function taskCompleted(task: string | undefined) {
  return { type: 'taskCompleted', task };
}
