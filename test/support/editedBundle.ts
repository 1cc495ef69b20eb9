/** One change of the text of a bundle: this text, which is there exactly once, becomes that. */
export type Edit = readonly [from: string, to: string];

/** The code of a bundle with one change. An edit that fits nowhere, or twice, is a mistake of the test: the sources were changed. */
export function edited(code: string, [from, to]: Edit): string {
  const times = code.split(from).length - 1;
  if (times !== 1) throw new Error(`this text is ${times} times in the bundle: ${from}`);
  return code.replace(from, () => to);
}
