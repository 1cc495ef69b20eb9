import type { Stage } from '../../src/domain/state/situation';
import { aCase, type CaseOnTheClock } from './aCase';

/** A case in each stage on 20 September 2027. Its period, if it has one, started on the first and ends on 1 December. */
export const inStage: Readonly<Record<Stage, () => CaseOnTheClock>> = {
  intake: () => aCase(),
  reflection: () => aCase().startedReflection('2027-09-01T11:00'),
  decision: () => inStage.reflection().declined('2027-09-05'),
  permitApplication: () => inStage.reflection().cooperated('2027-09-05'),
  permit: () => inStage.permitApplication().granted('2027-09-06', '2028-09-05'),
  safeReturn: () => inStage.decision().took('2027-09-06', 'return'),
  aftercare: () => inStage.safeReturn().told('caseworker', '2027-09-08', 'travelled', {}),
  assistance: () => aCase().told('police', '2027-09-05', 'eligibilityDecided', { eligible: false, ground: 'noLawfulResidence' }),
  otherProcedure: () => inStage.decision().took('2027-09-06', 'otherProcedure'),
  contactLost: () => inStage.decision().told('police', '2027-09-06', 'departedUnknown', {}),
  closed: () => closed(aCase()),
};

/** A supervisor closes the case on 20 September, when no statutory task is open. */
export function closed(given: CaseOnTheClock): CaseOnTheClock {
  for (const { id, statutory, end } of given.situation.tasks) {
    if (statutory && end === null && id !== 'decide-route') given.told('supervisor', '2027-09-19', 'taskCompleted', { task: id });
  }
  return given.told('supervisor', '2027-09-20', 'closed', { result: 'assisted' });
}
