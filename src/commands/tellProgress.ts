/** A line about the work so far, beside the result on stdout. */
export function tellProgress(line: string): void {
  process.stderr.write(`${line}\n`);
}
