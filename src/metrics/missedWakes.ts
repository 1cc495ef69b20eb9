/** A case wakes by noon of the day after its next date, at the latest (a test holds it), and gets an hour more; ours. */
const wokenWithinMs = 25 * 3_600_000;

/** A case whose next date, at noon, lies before this instant has missed a wake: each wake moves that date on. */
export function missedBefore(now: Date): Date {
  return new Date(now.getTime() - wokenWithinMs);
}
