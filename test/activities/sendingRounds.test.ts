import { sendingRounds } from '../../src/activities/sendingRounds';
import { letterTo } from './given';

/** The addressees in rounds, where the mail of each may be forwarded to the deputy named. */
function roundsOf(deputies: Readonly<Record<string, string | null>>): string[][] {
  const letters = Object.keys(deputies).map((to) => letterTo(to));
  return sendingRounds(letters, (letter, other) => deputies[letter.to] === other.to).map((round) => round.map(({ to }) => to));
}

describe('the letters of one wake', () => {
  it('leave in one round where none may be forwarded to the addressee of another', () => {
    expect(roundsOf({ ann: 'zoe', bo: null })).toEqual([['ann', 'bo']]);
    expect(roundsOf({})).toEqual([]);
  });

  it('leave after every letter that may be forwarded to their addressee', () => {
    expect(roundsOf({ bo: 'cy', ann: 'bo', cy: null, dee: null })).toEqual([['ann', 'dee'], ['bo'], ['cy']]);
  });

  it('leave in the order given where they may be forwarded in a circle', () => {
    expect(roundsOf({ ann: 'bo', bo: 'ann' })).toEqual([['ann'], ['bo']]);
    expect(roundsOf({ ann: 'bo', bo: 'cy', cy: 'ann' })).toEqual([['ann'], ['bo'], ['cy']]);
  });
});
