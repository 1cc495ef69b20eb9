import type { WorkflowHandle } from '@temporalio/client';
import { epoch, instantOf, timeOf, type Instant } from '../../src/domain/basics/calendar';
import { millisecondsUntil } from '../../src/workflows/clock';
import { atOnce, eachOf, until } from '../measuring';
import type { Child } from '../processes/child';

/** How often something left a case: a mail that was accepted, an activity that was done; and when it last did. */
export interface Acts {
  readonly count: number;
  readonly lastAt: number;
}

/** One way in to a case. All are measured by the same code: our service, the naive one, the bare workflow. */
export interface Door {
  readonly name: 'ours' | 'naive' | 'naiveSameAnswer' | 'bare';
  /** Opens a case as people do; its id. */
  open(): Promise<string>;
  /** Starts a case that sleeps until a minute's letters leave and then acts; its id. */
  openAsleep(minute: Instant): Promise<string>;
  command(id: string): Promise<unknown>;
  read(id: string): Promise<unknown>;
  /** Its workflow, in the engine's own words. */
  workflow(id: string): WorkflowHandle;
  acts(): Promise<Acts>;
  /** How often a case acts: at once when it is opened, and when its minute comes. */
  readonly actsOf: { readonly opened: number; readonly woken: number };
}

/** A door together with the worker behind it: our service, or the bare workflow. */
export interface Side extends Door {
  readonly name: 'ours' | 'bare';
  /** One worker more; the caller says which of them is to stand. */
  startWorker(): Promise<Child>;
  worker: Child;
}

/** Started, and its first workflow task scheduled, begun and completed. */
const eventsOfAFirstTask = 4;

/** Waits until the first task of each of these cases has run. */
export async function firstTasksRun(door: Door, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await until(`${id} has run`, 120_000, async () => {
      const { historyLength } = await door.workflow(id).describe();
      return historyLength >= eventsOfAFirstTask ? true : undefined;
    });
}

/** Waits until these cases have heard what became of their acts, and sleep again. */
export async function idle(door: Door, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await until(`${id} sleeps`, 120_000, async () => {
      const { raw } = await door.workflow(id).describe();
      return raw.pendingActivities?.length || raw.pendingWorkflowTask ? undefined : true;
    });
}

/** So many cases that sleep, each with its first task run. */
export async function asleep(door: Door, cases: number, minute: Instant = farAway()): Promise<string[]> {
  const ids = await eachOf(Array.from({ length: cases }), atOnce, () => door.openAsleep(minute));
  await firstTasksRun(door, ids);
  return ids;
}

/** Waits until so many acts more were done than before. */
export async function acted(door: Door, before: Acts, more: number): Promise<Acts> {
  return until(`${more} acts of ${door.name}`, 120_000 + more * 100, async () => {
    const acts = await door.acts();
    return acts.count >= before.count + more ? acts : undefined;
  });
}

/** The first minute whose letters leave no sooner than so much from now; never the last of a day, after which no case can be opened that day. */
export function minuteAfter(milliseconds: number): Instant {
  const minute = instantOf(Date.now() + milliseconds);
  const mayBe = millisecondsUntil(minute) >= milliseconds && timeOf(minute) !== '23:59';
  return mayBe ? minute : minuteAfter(epoch(minute) + 60_000 - Date.now());
}

/** When the letters of a minute leave, in milliseconds since 1970. */
export function lettersLeaveAt(minute: Instant): number {
  return Date.now() + millisecondsUntil(minute);
}

/** Nobody who sleeps until then wakes while we measure. */
export function farAway(): Instant {
  return minuteAfter(12 * 3_600_000);
}

/** The same side with a worker that has done nothing yet. */
export async function withFreshWorker(side: Side): Promise<void> {
  await side.worker.stop();
  side.worker = await side.startWorker();
  await warmUp(side, { cases: 10, times: 1 });
}

/**
 * Asked often enough, a process has compiled what it does most: a service that has run for an hour has, and that is what is measured.
 * Of ours there is more to compile: after six hundred commands one takes a third more of the worker's CPU than after two thousand.
 */
export async function warmUp(door: Door, { cases, times }: { readonly cases: number; readonly times: number }): Promise<void> {
  const ids = await asleep(door, cases);
  for (let time = 0; time < times; time += 1)
    await eachOf(ids, atOnce, async (id) => {
      await door.command(id);
      await door.read(id);
    });
}
