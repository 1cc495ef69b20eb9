import { setTimeout as pause } from 'node:timers/promises';
import { keyedQueue } from './keyedQueue';

/** The length of a slice, and of the pause after it; ours. */
const sliceMs = 10;

/** Runs a work to its end, unless the caller leaves. The answer holds all its steps and its end. */
export type InSlices = <Step, End>(work: Generator<Step, End>, left: AbortSignal) => Promise<Done<Step, End>>;

interface Done<Step, End> {
  readonly steps: readonly Step[];
  readonly end: End;
}

/**
 * Shares this process between long works and everything else that it does. A pause is as long as a slice. An answer of the engine takes
 * several rounds of the event loop, and without pauses each round would wait for a slice. Rejects once `left` is aborted.
 */
export function timeSlices(): InSlices {
  const inOrder = keyedQueue();
  return async <Step, End>(work: Generator<Step, End>, left: AbortSignal) => {
    const steps: Step[] = [];
    for (;;) {
      const end = await inOrder('slices', () => sliceOf(work, steps));
      if (end !== null) return { steps, end: end.value };
      left.throwIfAborted();
    }
  };
}

/** One slice of a work, and the pause after it. The answer is the end of the work, if it came. */
async function sliceOf<Step, End>(work: Generator<Step, End>, steps: Step[]): Promise<{ readonly value: End } | null> {
  const begun = performance.now();
  while (performance.now() - begun < sliceMs) {
    const step = work.next();
    if (step.done === true) return step;
    steps.push(step.value);
  }
  await pause(sliceMs);
  return null;
}
