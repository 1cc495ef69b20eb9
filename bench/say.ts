/** Progress goes to stderr, because stdout is for the figures alone. */
export function say(words: string): void {
  process.stderr.write(`${process.uptime().toFixed(0).padStart(4)} s  ${words}\n`);
}
