/* How lines and axes look, also without colour. */

/** A round step of an axis, of which five are enough: 1, 2 or 5, or one of these with noughts. */
export function roundStep(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 5));
  return [1, 2, 5, 10].map((each) => each * power).find((step) => step * 5 >= most) ?? most;
}

/** The dashes, the mark and the colour of a line, by its place among all lines. */
export function lookOf(place: number): { readonly dash: 'solid' | number[]; readonly symbol: string; readonly color: string } {
  const look = looks[place % looks.length] ?? { dash: 'solid' as const, symbol: 'circle' };
  return { ...look, color: colours[place % colours.length] ?? '#000' };
}

const looks: readonly { readonly dash: 'solid' | number[]; readonly symbol: string }[] = [
  { dash: 'solid', symbol: 'circle' },
  { dash: [8, 4], symbol: 'rect' },
  { dash: [2, 3], symbol: 'triangle' },
  { dash: [10, 3, 2, 3], symbol: 'diamond' },
  { dash: [16, 4], symbol: 'emptyCircle' },
  { dash: [4, 4], symbol: 'emptyRect' },
  { dash: [10, 3, 2, 3, 2, 3], symbol: 'emptyTriangle' },
  { dash: [1, 5], symbol: 'emptyDiamond' },
  { dash: [20, 3, 6, 3], symbol: 'roundRect' },
  { dash: [6, 2], symbol: 'arrow' },
  { dash: [14, 6, 14, 2], symbol: 'pin' },
  { dash: [3, 1], symbol: 'emptyRoundRect' },
];

/** Dark enough for white paper. Neighbours differ in grey too. */
const colours = ['#000', '#0072b2', '#b4511b', '#5b8c5a', '#7a3b82', '#8a6d00'];
