import { editions } from '../../src/domain/policy/editions';

// A flag is optional, so the compiler cannot miss one. Without its row a rule would wait for ever, without a word.
describe.each(editions.map((edition) => [edition.edition, edition] as const))('the edition %s', (_, { tasks, deadlines }) => {
  it('has exactly one row for each thing that the rules look for by a flag', () => {
    expect(deadlines.filter(({ isReflectionPeriod }) => isReflectionPeriod)).toHaveLength(1);
    expect(tasks.filter(({ appointsGuardian }) => appointsGuardian)).toHaveLength(1);
    expect(tasks.filter(({ looksForPerson }) => looksForPerson)).toHaveLength(1);
    expect(tasks.filter(({ settledByClosing }) => settledByClosing)).toHaveLength(1);
  });

  it('has a task whose completion starts the decision term, if it has such a term', () => {
    const hasTerm = deadlines.some(({ startedBy }) => startedBy.some((trigger) => trigger.startsWith('m55Sent')));
    expect(tasks.filter(({ startsDecisionTerm }) => startsDecisionTerm)).toHaveLength(hasTerm ? 1 : 0);
  });

  it('keeps the review of a case after the journey, and counts the risk from its assessment', () => {
    expect(tasks.some(({ survivesTravel }) => survivesTravel)).toBe(true);
    const risk = deadlines.filter(({ startedBy }) => startedBy.includes('travelRiskAccepted'));
    expect(risk.every(({ countedFrom }) => countedFrom === 'riskAssessment')).toBe(true);
  });
});
