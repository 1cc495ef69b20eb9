import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo, ApplicationFailure, cancellationSignal, heartbeat } from '@temporalio/activity';
import { dateOf, instantOf, type PlainDate } from '../domain/basics/calendar';
import { serviceName } from '../domain/notifications/mailText';
import { standingStillText } from '../domain/notifications/operationsMail';
import { beforeTheFirstLook, mustNotify, looked, numbersOf, type StoppedCases, type Watch } from '../domain/notifications/watch';
import { failureCodes, mailId, masked, outcomeOf } from './envelope';
import type { Log, Mailer } from './mailer';

export interface WatchDeps {
  /** Finds the cases that stand still now. */
  readonly look: () => Promise<StoppedCases>;
  /** Marks in the register the cases that have ended, and takes back the mark of those that go on. */
  readonly markEnded: (references: readonly string[]) => Promise<void>;
  readonly mailer: Mailer;
  /** The mail address of operations. */
  readonly operations: string;
  readonly log: Log;
  /** Aborted when this worker stops; another worker continues the watch. */
  readonly stopping: AbortSignal;
  /** The time from one look to the next; a minute by default (ours). */
  readonly everyMs?: number | undefined;
}

export type WatchActivities = ReturnType<typeof watchActivities>;

/** Two beats fit into the time after which the engine misses a worker; ours. */
const beatEveryMs = 4_000;

/**
 * Watches over the cases: counts those whose run ended, those that are blocked and those that are stranded. Each is logged once a day, the
 * stranded ones in one line for each build, and operations gets one mail a day. A mail that does not leave is tried again at each look, with the Message-ID of its day.
 */
export function watchActivities({ look, markEnded, mailer, operations, log, stopping, everyMs = 60_000 }: WatchDeps) {
  return {
    /** Runs until its worker stops. The engine then gives it to another worker, with its state so far. */
    async watchCases(): Promise<never> {
      const over = AbortSignal.any([stopping, cancellationSignal()]);
      // A worker of another version may have recorded fewer or more fields.
      let state: Watch = { ...beforeTheFirstLook, ...(activityInfo().heartbeatDetails as Watch | undefined) };
      let notifying: Promise<void> | undefined;
      let marking: Promise<void> | undefined;
      const diary = diaryIn(log);
      const beat = setInterval(() => heartbeat(state), beatEveryMs);
      try {
        for (;;) {
          const today = dateOf(instantOf(Date.now()));
          state = looked(state, await unless(over, look()));
          heartbeat(state);
          diary(state, today);
          // A database that is away must not hide a case either.
          marking ??= mark(state.ended).finally(() => (marking = undefined));
          // This runs beside the looks, since a mail server that hangs must not hide a case.
          if (mustNotify(state, today)) notifying ??= notifyOperations(state, today).finally(() => (notifying = undefined));
          await pause(everyMs, undefined, { signal: over });
        }
      } catch (error) {
        // A worker that stops is no reason for a warning.
        throw over.aborted ? ApplicationFailure.create({ message: 'the worker stops', category: 'BENIGN' }) : error;
      } finally {
        clearInterval(beat);
      }

      async function mark(ended: readonly string[]): Promise<void> {
        await markEnded(ended).catch((error: unknown) => {
          log.warn({ error: failureCodes(error) }, 'the register could not be told which cases have ended; the next look tells it');
        });
      }

      async function notifyOperations(watch: Watch, today: PlainDate): Promise<void> {
        try {
          const mail = { ...standingStillText(numbersOf(watch)), senderName: serviceName('nl'), language: 'nl' as const };
          await mailer.send({ ...mail, to: operations, id: mailId('operations', `standing-still/${today}`) }, { signal: over });
        } catch (error) {
          log.warn({ to: masked(operations), ...failureCodes(error) }, 'operations could not be notified that cases stand still');
          // A mail that is refused for good would be refused each minute. A mail that was perhaps delivered might arrive each minute. The
          // next one goes tomorrow.
          if (outcomeOf(error) === 'failed') return;
        }
        state = { ...state, notifiedOn: today };
        heartbeat(state);
      }
    },
  };
}

/** Logs each case that stands still, once a day. */
function diaryIn(log: WatchDeps['log']): (cases: StoppedCases, today: PlainDate) => void {
  let [page, written] = ['', new Set<string | null>()];
  return ({ ended, blocked, stranded }, today) => {
    if (page !== today) [page, written] = [today, new Set()];
    const write = (name: string | null, fields: object, why: string) => {
      if (!written.has(name)) log.error(fields, why);
      written.add(name);
    };
    for (const reference of ended) write(reference, { reference }, 'a case stands still: its run has ended');
    for (const reference of blocked) write(reference, { reference }, 'a case stands still: it is blocked');
    for (const { build, cases } of stranded)
      write(build, { build, cases }, 'cases stand still: no worker has the code on which they began');
  };
}

/** The result of the work, unless the stop comes first. The work is then left to itself. */
function unless<T>(over: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('over'));
    if (over.aborted) stop();
    over.addEventListener('abort', stop);
    void work.then(resolve, reject).finally(() => over.removeEventListener('abort', stop));
  });
}
