import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo, ApplicationFailure, cancellationSignal, heartbeat } from '@temporalio/activity';
import { dateOf, instantOf, type PlainDate } from '../domain/basics/calendar';
import { serviceName } from '../domain/notifications/mailText';
import { standingStillText } from '../domain/notifications/operationsMail';
import { beforeTheFirstLook, isToTell, looked, numbersOf, type StandingStill, type Watch } from '../domain/notifications/watch';
import { failureCodes, mailId, masked, outcomeOf } from './envelope';
import type { Log, Mailer } from './mailer';

export interface WatchDeps {
  /** Finds the cases that stand still now. */
  readonly look: () => Promise<StandingStill>;
  readonly mailer: Mailer;
  /** The address of who operates the service. */
  readonly operations: string;
  readonly log: Log;
  /** Aborted when this worker stops: another watches on. */
  readonly stopping: AbortSignal;
  /** From one look to the next; left out, a minute (ours). */
  readonly everyMs?: number | undefined;
}

export type WatchActivities = ReturnType<typeof watchActivities>;

/** Twice before a worker is missed; ours. */
const beatEveryMs = 4_000;

/**
 * Watches over the cases: counts those whose run ended and those that are blocked, tells the log each once a day, and operations once a
 * day by mail. A mail that does not leave is tried again at each look, with the Message-ID of its day.
 */
export function watchActivities({ look, mailer, operations, log, stopping, everyMs = 60_000 }: WatchDeps) {
  return {
    /** Runs until its worker stops; the engine then gives it to another, with what was known. */
    async watchCases(): Promise<never> {
      const over = AbortSignal.any([stopping, cancellationSignal()]);
      // A worker of another version may have known less, or more.
      let known: Watch = { ...beforeTheFirstLook, ...(activityInfo().heartbeatDetails as Watch | undefined) };
      let telling: Promise<void> | undefined;
      const diary = diaryIn(log);
      const beat = setInterval(() => heartbeat(known), beatEveryMs);
      try {
        for (;;) {
          const today = dateOf(instantOf(Date.now()));
          known = looked(known, await unless(over, look()));
          heartbeat(known);
          diary(known, today);
          // Beside the looks: a mail server that hangs must not hide a case.
          if (isToTell(known, today)) telling ??= tellOperations(known, today).finally(() => (telling = undefined));
          await pause(everyMs, undefined, { signal: over });
        }
      } catch (error) {
        // A worker that stops is nothing to warn of.
        throw over.aborted ? ApplicationFailure.create({ message: 'the worker stops', category: 'BENIGN' }) : error;
      } finally {
        clearInterval(beat);
      }

      async function tellOperations(watch: Watch, today: PlainDate): Promise<void> {
        try {
          const mail = { ...standingStillText(numbersOf(watch)), senderName: serviceName('nl'), language: 'nl' as const };
          await mailer.send({ ...mail, to: operations, id: mailId('operations', `standing-still/${today}`) }, { signal: over });
        } catch (error) {
          log.warn({ to: masked(operations), ...failureCodes(error) }, 'operations could not be told that cases stand still');
          // Refused for good it would be refused each minute, and perhaps delivered it might arrive each minute: there is one tomorrow.
          if (outcomeOf(error) === 'failed') return;
        }
        known = { ...known, toldOn: today };
        heartbeat(known);
      }
    },
  };
}

/** Tells the log of each case that stands still, once a day. */
function diaryIn(log: WatchDeps['log']): (cases: StandingStill, today: PlainDate) => void {
  let [page, written] = ['', new Set<string>()];
  return ({ ended, blocked }, today) => {
    if (page !== today) [page, written] = [today, new Set()];
    const tell = (references: readonly string[], why: string) => {
      for (const reference of references.filter((each) => !written.has(each))) log.error({ reference }, why);
      for (const reference of references) written.add(reference);
    };
    tell(ended, 'a case stands still: its run has ended');
    tell(blocked, 'a case stands still: it is blocked');
  };
}

/** A work's answer, unless we are to stop before; then it is left to itself. */
function unless<T>(over: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('over'));
    if (over.aborted) stop();
    over.addEventListener('abort', stop);
    void work.then(resolve, reject).finally(() => over.removeEventListener('abort', stop));
  });
}
