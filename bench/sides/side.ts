import type { WorkflowHandle } from '@temporalio/client';
import { epoch, instantOf, timeOf, type Instant } from '../../src/domain/basics/calendar';
import { millisecondsUntil } from '../../src/workflows/clock';
import { atOnce, eachOf, until } from '../measuring';
import type { Child } from '../processes/child';

/** The number of acts of a side: accepted mails, or finished activities; and the instant of the last. */
export interface Acts {
  readonly count: number;
  readonly lastAt: number;
}

/** A measured way to reach a case: our service, the naive one or the bare workflow. The same code measures all of them. */
export interface Contender {
  readonly name: 'ours' | 'naive' | 'naiveSameAnswer' | 'bare';
  /** Opens a case and returns its id. */
  open(): Promise<string>;
  /** Starts a case that sleeps until the letters of a minute leave, and then acts. Returns its id. */
  openAsleep(minute: Instant): Promise<string>;
  command(id: string): Promise<unknown>;
  read(id: string): Promise<unknown>;
  /** The workflow of a case, by the engine's own handle. */
  workflow(id: string): WorkflowHandle;
  acts(): Promise<Acts>;
  /** The number of acts of a case: when it is opened, and when its minute comes. */
  readonly actsOf: { readonly opened: number; readonly woken: number };
}

/** A contender together with its worker: our service, or the bare workflow. */
export interface Side extends Contender {
  readonly name: 'ours' | 'bare';
  /** Starts another worker. The caller ends the ones that are not needed. */
  startWorker(): Promise<Child>;
  worker: Child;
}

/** Our service, which writes a register beside its cases. */
export interface OurSide extends Side {
  readonly name: 'ours';
  /** The number of cases of which the register lacks a change, as far as our API knows. */
  changesWaiting(): Promise<number>;
}

/** The events of a started workflow: its start, and its first workflow task scheduled, started and completed. */
const eventsOfAFirstTask = 4;

/** Waits until the first workflow task of each case has run. */
export async function firstTasksRun(contender: Contender, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await until(`${id} has run`, 120_000, async () => {
      const { historyLength } = await contender.workflow(id).describe();
      return historyLength >= eventsOfAFirstTask ? true : undefined;
    });
}

/** Waits until these cases have the outcomes of their acts, and sleep again. */
export async function idle(contender: Contender, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await until(`${id} sleeps`, 120_000, async () => {
      const { raw } = await contender.workflow(id).describe();
      return raw.pendingActivities?.length || raw.pendingWorkflowTask ? undefined : true;
    });
}

/** Starts sleeping cases, and waits until the first task of each has run. */
export async function asleep(contender: Contender, cases: number, minute: Instant = farAway()): Promise<string[]> {
  const ids = await eachOf(Array.from({ length: cases }), atOnce, () => contender.openAsleep(minute));
  await firstTasksRun(contender, ids);
  return ids;
}

/** Waits until this many more acts were done than before. */
export async function acted(contender: Contender, before: Acts, more: number): Promise<Acts> {
  return until(`${more} acts of ${contender.name}`, 120_000 + more * 100, async () => {
    const acts = await contender.acts();
    return acts.count >= before.count + more ? acts : undefined;
  });
}

/**
 * The first minute whose letters leave no earlier than this from now. It is never the last minute of a day, since after that no case can be
 * opened that day.
 */
export function minuteAfter(milliseconds: number): Instant {
  const minute = instantOf(Date.now() + milliseconds);
  const mayBe = millisecondsUntil(minute) >= milliseconds && timeOf(minute) !== '23:59';
  return mayBe ? minute : minuteAfter(epoch(minute) + 60_000 - Date.now());
}

/** The instant at which the letters of a minute leave, in milliseconds since 1970. */
export function lettersLeaveAt(minute: Instant): number {
  return Date.now() + millisecondsUntil(minute);
}

/** An instant so far away that no case wakes during the benchmark. */
export function farAway(): Instant {
  return minuteAfter(12 * 3_600_000);
}

/** The same side with a new worker. */
export async function withFreshWorker(side: Side): Promise<void> {
  await side.worker.stop();
  side.worker = await side.startWorker();
  await warmUp(side, { cases: 10, times: 1 });
}

/**
 * Sends requests until the process has compiled its frequent code, as a service that has run for an hour has. Our service has more to
 * compile. After six hundred commands, one takes a third more of the worker's CPU than after two thousand.
 */
export async function warmUp(contender: Contender, { cases, times }: { readonly cases: number; readonly times: number }): Promise<void> {
  const ids = await asleep(contender, cases);
  for (let time = 0; time < times; time += 1)
    await eachOf(ids, atOnce, async (id) => {
      await contender.command(id);
      await contender.read(id);
    });
}
