import { sendingOrder } from '../../src/activities/sendingOrder';
import { letterTo } from './given';

/** The addressees in order, where the mail of each may be forwarded to the deputy named. */
function orderOf(deputies: Readonly<Record<string, string | null>>): string[] {
  const letters = Object.keys(deputies).map((to) => letterTo(to));
  return sendingOrder(letters, (letter, other) => deputies[letter.to] === other.to).map(({ to }) => to);
}

describe('the letters of one wake', () => {
  it('keep their order where none may be forwarded to the addressee of another', () => {
    expect(orderOf({ ann: 'zoe', bo: null })).toEqual(['ann', 'bo']);
    expect(orderOf({})).toEqual([]);
  });

  it('come after every letter that may be forwarded to their addressee', () => {
    expect(orderOf({ bo: 'cy', cy: null, ann: 'bo', dee: null })).toEqual(['ann', 'dee', 'bo', 'cy']);
  });

  it('begin with the first where they may be forwarded in a circle', () => {
    expect(orderOf({ ann: 'bo', bo: 'ann' })).toEqual(['ann', 'bo']);
    expect(orderOf({ ann: 'bo', bo: 'cy', cy: 'ann' })).toEqual(['ann', 'bo', 'cy']);
  });
});
