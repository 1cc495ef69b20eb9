import { isWellFormed } from '../../src/domain/facts/wellFormed';

const on = '2027-09-01';
const correction = { type: 'corrected', on, replaces: 'fact-1', reason: 'mistake' };

describe('a fact that does not come through the API', () => {
  it.each<[string, unknown]>([
    ['without fields', { type: 'interviewHeld', on }],
    [
      'with codes, dates and a code of its own',
      { type: 'taskAdded', on, kind: 'social', owner: 'police', due: '2027-09-08', title: 'B9-x' },
    ],
    ['without what may be left out', { type: 'taskAdded', on, kind: 'social', owner: 'police', due: '2027-09-08' }],
    ['with a list of codes', { type: 'routeProposed', on, route: 'return', grounds: ['ownWish', 'other'] }],
    ['with a partner abroad', { type: 'consentGiven', on, purpose: 'crossBorder:hungary' }],
    ['that takes another back', correction],
    ['that puts another in its place', { ...correction, with: { type: 'interviewHeld' } }],
    ['that takes another correction back in the place of one', { ...correction, with: { ...correction, on: undefined } }],
  ])('is accepted %s', (_, fact) => {
    expect(isWellFormed(fact)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['no object', 'interviewHeld'],
    ['a list', [{ type: 'interviewHeld', on }]],
    ['of no type of ours', { type: 'constructor', on }],
    ['without a date', { type: 'interviewHeld' }],
    ['of an impossible date', { type: 'interviewHeld', on: '2027-02-30' }],
    ['due on no date', { type: 'taskAdded', on, kind: 'social', owner: 'police', due: 'soon' }],
    ['due in a year that the calendar does not reckon', { type: 'taskAdded', on, kind: 'social', owner: 'police', due: '9999-12-31' }],
    ['with another key', { type: 'interviewHeld', on, note: 'x' }],
    ['without one of its fields', { type: 'cooperated', on }],
    ['with an unknown code', { type: 'cooperated', on, form: 'gladly' }],
    ['with a list that goes on', { type: 'routeProposed', on, route: 'return', grounds: Array.from({ length: 100 }, () => 'ownWish') }],
    ['with an empty list', { type: 'routeProposed', on, route: 'return', grounds: [] }],
    ['with a code that goes on', { type: 'reflectionStarted', on, evidence: 'x'.repeat(64) }],
    ['with an id that goes on', { type: 'taskCompleted', on, task: 'x'.repeat(64) }],
    ['with a purpose that goes on', { type: 'consentGiven', on, purpose: `crossBorder:${'x'.repeat(64)}` }],
    ['with a statement that is not confirmed', { type: 'declined', on, confirmed: 'true' }],
    ['with a yes that is no yes', { type: 'caseDismissed', on, formalNotice: 'yes' }],
    ['that corrects no fact by its id', { ...correction, replaces: { id: 'fact-1' } }],
    ['that corrects within a correction within a correction', { ...correction, with: { ...correction, with: correction } }],
    ["that puts a fact in the place of a correction's", { ...correction, with: { ...correction, with: { type: 'interviewHeld' } } }],
  ])('is not accepted %s', (_, fact) => {
    expect(isWellFormed(fact)).toBe(false);
  });
});
