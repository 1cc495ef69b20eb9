import type { Fact } from '../../src/domain/facts/catalogue';
import { deadlineState } from '../../src/domain/plan/deadlines';
import { aCase, type CaseOnTheClock, type When } from './aCase';

export type Outcome = Fact<'objectionDecided'>['outcome'];
export const notUpheld: readonly Outcome[] = ['dismissed', 'inadmissible'];

/** The person applied on 5 September 2027, and the case has a lawyer. */
export const applicant = () =>
  aCase()
    .startedReflection('2027-09-01T11:00')
    .told('supervisor', '2027-09-01T12:00', 'teamChanged', { role: 'lawyer', staffId: 'lawyer-1' })
    .cooperated('2027-09-05');
/** IND refused on 20 September; the term to object ends on 18 October. */
export const refused = () => applicant().told('ind', '2027-09-20', 'permitRefused', {});
/** A permit from 6 September 2027 to 5 September 2028. */
export const holder = () => applicant().granted('2027-09-06', '2028-09-05');
/** IND withdrew that permit on 20 September. */
export const withdrawn = () => holder().told('ind', '2027-09-20', 'permitEnded', { reason: 'withdrawn' });
/** The person has to leave by 19 October. */
export const mustLeave = (given = refused()) => given.told('ind', '2027-09-21', 'returnDecisionIssued', {});
export const objected = (given = refused()) => given.told('lawyer', '2027-10-01', 'objectionFiled', {});
export const decided = (outcome: Outcome, given = objected(), when: When = '2028-01-10') =>
  given.told('ind', when, 'objectionDecided', { outcome });
export const appealed = (given = decided('dismissed')) => given.told('lawyer', '2028-01-20', 'appealFiled', { interimMeasureAsked: true });
export const measure = (given: CaseOnTheClock, when: When, granted = true) =>
  given.told('lawyer', when, 'interimMeasureDecided', { granted });
export const judged = (outcome: Outcome, given = appealed(), when: When = '2028-05-01') =>
  given.told('lawyer', when, 'appealDecided', { outcome });

/** IND refused on 20 September, and on 10 November an application for the humanitarian permit. */
export function refusedTwice(): CaseOnTheClock {
  return refused().told('lawyer', '2027-10-02', 'applicationSent', { kind: 'humanitarian' }).told('ind', '2027-11-10', 'permitRefused', {});
}

/** The person objected to each refusal in time. */
export function refusedTwiceAndObjectedTwice(): CaseOnTheClock {
  return objected()
    .told('lawyer', '2027-10-02', 'applicationSent', { kind: 'humanitarian' })
    .told('ind', '2027-11-10', 'permitRefused', {})
    .told('lawyer', '2027-12-01', 'objectionFiled', {});
}

/** The deadlines of these kinds with their dates and states, in the order of their ids' kinds. */
export function terms(given: CaseOnTheClock, ...rules: readonly string[]): string[] {
  const { deadlines } = given.situation;
  return rules.flatMap((rule) =>
    deadlines
      .filter((deadline) => deadline.rule === rule)
      .map((deadline) => `${deadline.id} ${deadline.date} ${deadlineState(deadline, given.now)}`),
  );
}

export function running(given: CaseOnTheClock): string[] {
  return given.situation.deadlines
    .filter((deadline) => deadlineState(deadline, given.now) === 'running')
    .map(({ id, date }) => `${id} ${date}`);
}
