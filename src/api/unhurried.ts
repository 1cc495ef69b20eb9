import { setTimeout as pause } from 'node:timers/promises';

/** For so long a work goes on at a time, and for so long others are answered in between; ours. */
const turnMs = 10;

/**
 * All steps of a work and how it ended, with others answered in between. An answer of the engine takes several turns of the event loop, so a pause
 * is as long as the work before it: after a mere turn each part of that answer would wait for ten milliseconds of work. Rejects once
 * the signal says that nobody waits for it any more.
 */
export async function unhurried<Step, End>(
  work: Generator<Step, End>,
  left: AbortSignal,
): Promise<{ readonly steps: readonly Step[]; readonly end: End }> {
  const steps: Step[] = [];
  let begun = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return { steps, end: step.value };
    steps.push(step.value);
    if (performance.now() - begun < turnMs) continue;
    await pause(turnMs);
    left.throwIfAborted();
    begun = performance.now();
  }
}
