/** Counts, and tells the count once a second. */
export function eachSecond(tell: (line: string) => void, words: (done: number) => string): () => void {
  let done = 0;
  let told = 0;
  return () => {
    done += 1;
    if (Date.now() - told < 1_000) return;
    told = Date.now();
    tell(words(done));
  };
}
