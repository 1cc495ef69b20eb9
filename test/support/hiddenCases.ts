import { aCase, type CaseOnTheClock, type Opening } from './aCase';

/* Cases of people whom others than the police met (docs/policy.md, section 3). */

export const minor = { ageGroup: 'minor', unaccompanied: true } as const;

export function metByOthers(opening: Opening = {}): CaseOnTheClock {
  return aCase({ metBy: 'shelter', ...opening });
}

export function says(given: CaseOnTheClock, when: string, type: 'consentGiven' | 'consentWithdrawn', purpose: string): CaseOnTheClock {
  return given.told('caseworker', when, type, { purpose });
}

/** The case after the person agreed to contact with the police. */
export function opened(given: CaseOnTheClock, when = '2027-09-02T11:00'): CaseOnTheClock {
  return says(given, when, 'consentGiven', 'policeContact');
}

/** The person does not want the police to know: the task is waived, and help goes on. */
export function saidNo(opening: Opening = {}): CaseOnTheClock {
  return metByOthers(opening).told('caseworker', '2027-09-02T08:00', 'taskWaived', { task: 'ask-police-contact', reason: 'noConsent' });
}

export function due(given: CaseOnTheClock, id: string) {
  const { owner, dueOn, statutory } = given.task(id);
  return { owner, dueOn, statutory };
}
