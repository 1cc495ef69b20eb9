import { setTimeout as pause } from 'node:timers/promises';

/** Sooner than the test runner gives up (`testTimeout`), so that a hang has a name. How long a thing takes, no test says: machines are busy. */
const hangsAfterMs = 240_000;

/** Waits until something holds, however long that takes; throws with its name where it never comes. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const begun = Date.now();
  while (!(await holds())) {
    if (Date.now() - begun > hangsAfterMs) throw new Error(`it never came: ${what}`);
    await pause(50);
  }
}
