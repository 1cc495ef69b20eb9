import { setTimeout as pause } from 'node:timers/promises';

/**
 * This is shorter than the test runner's limit (`testTimeout`), so that a hang is reported with a name. No test asserts a duration, since
 * machines are busy.
 */
const hangsAfterMs = 240_000;

/** Waits until a condition holds, however long that takes. Throws with its name if it never does. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const begun = Date.now();
  while (!(await holds())) {
    if (Date.now() - begun > hangsAfterMs) throw new Error(`it never came: ${what}`);
    await pause(50);
  }
}
