import { setTimeout as pause } from 'node:timers/promises';
import { oneAtATime } from './keyedQueue';

/** For so long a work goes on at a time, and for so long others are answered in between; ours. */
const turnMs = 10;

/** Does a work to its end, as far as somebody waits for it: all its steps, and how it ended. */
export type Unhurried = <Step, End>(work: Generator<Step, End>, left: AbortSignal) => Promise<Done<Step, End>>;

interface Done<Step, End> {
  readonly steps: readonly Step[];
  readonly end: End;
}

/**
 * Long works, which take turns with one another and with everything else that this process does. A pause is as long as a turn: an
 * answer of the engine takes several rounds of the event loop, each of which would else wait for a turn. Rejects once the
 * signal says that nobody waits for the work any more.
 */
export function unhurried(): Unhurried {
  const inLine = oneAtATime();
  return async <Step, End>(work: Generator<Step, End>, left: AbortSignal) => {
    const steps: Step[] = [];
    for (;;) {
      const end = await inLine('a turn', () => turnOf(work, steps));
      if (end !== null) return { steps, end: end.value };
      left.throwIfAborted();
    }
  };
}

/** One turn of a work, and the pause after it; how the work ended, if it did. */
async function turnOf<Step, End>(work: Generator<Step, End>, steps: Step[]): Promise<{ readonly value: End } | null> {
  const begun = performance.now();
  while (performance.now() - begun < turnMs) {
    const step = work.next();
    if (step.done === true) return step;
    steps.push(step.value);
  }
  await pause(turnMs);
  return null;
}
