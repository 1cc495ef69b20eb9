/* The deliveries of a case that are under way. */

import { ActivityFailure, CancellationScope, CancelledFailure, TimeoutFailure } from '@temporalio/workflow';
import type { Dispatch } from '../domain/notifications/agenda';
import type { CaseStart } from '../domain/case/caseFile';
import type { Letter, Outcome } from '../domain/state/outbox';
import type { Notice, Situation } from '../domain/state/situation';
import { lettersSummary, noticeSummary } from '../domain/views/caseInWords';
import { moveKey, notify } from './stubs';

/** Deliveries run beside the clock: a mail server that is down delays nothing else. */
export interface Deliveries {
  /** Hands over letters and notices; every answer comes back by `answered`. */
  send(dispatch: Dispatch, situation: Situation): void;
  /** Names the office that a case moved to beside its key. Of two moves the later one arrives later. */
  move(office: string): void;
  /** Whether no answer is awaited. */
  isQuiet(): boolean;
  /** Breaks off everything under way: each letter's outcome so far comes within seconds. */
  breakOff(): void;
}

export function openDeliveries({ reference }: CaseStart, answered: (outcomes: readonly Outcome[]) => void): Deliveries {
  const underway = new Set<CancellationScope>();
  let moving: Promise<unknown> = Promise.resolve();

  function hand(send: () => Promise<readonly Outcome[]>, ids: readonly string[]): Promise<unknown> {
    const scope = new CancellationScope();
    underway.add(scope);
    const settled = scope.run(send).catch((error: unknown) => cutOff(error, ids));
    return settled.then((outcomes) => {
      underway.delete(scope);
      answered(outcomes);
    });
  }

  function sendLetters(letters: readonly Letter[], situation: Situation): Promise<readonly Outcome[]> {
    const { office, team } = situation;
    const supervisor = team.supervisor?.staffId;
    return notify.sendDigests.executeWithOptions({ summary: lettersSummary(letters, situation) }, [
      { reference, office, supervisor, letters },
    ]);
  }

  async function sendNotice(notice: Notice): Promise<readonly Outcome[]> {
    const send = {
      'm55-cooperation': notify.permitApplication,
      'return-referral': notify.iomReturn,
      'return-stopped': notify.notifyPartner,
      'travel-hold': notify.notifyPartner,
      recall: notify.notifyPartner,
      correction: notify.notifyPartner,
      departed: notify.notifyPartner,
      found: notify.notifyPartner,
      reflection: notify.notifyPartner,
      cooperation: notify.notifyPartner,
      departing: notify.notifyPartner,
    }[notice.kind];
    return [await send.executeWithOptions({ summary: noticeSummary(notice) }, [{ reference, notice }])];
  }

  return {
    send({ letters, notices }, situation) {
      // Digests may wait for one another, so alarms go apart.
      for (const group of [letters.filter(({ kind }) => kind === 'alarm'), letters.filter(({ kind }) => kind !== 'alarm')])
        if (group.length > 0)
          void hand(
            () => sendLetters(group, situation),
            group.map(({ id }) => id),
          );
      for (const notice of notices) void hand(() => sendNotice(notice), [notice.id]);
    },
    move(office) {
      const earlier = moving;
      moving = hand(async () => {
        await earlier;
        await moveKey.executeWithOptions({ summary: 'Moves the key of the case to its office' }, [{ reference, office }]);
        return [];
      }, []);
    },
    isQuiet: () => underway.size === 0,
    breakOff() {
      for (const scope of underway) scope.cancel();
    },
  };
}

/**
 * The outcomes of letters and notices whose activity gave no answer. Its last heartbeat has the outcome of each; a letter that it does
 * not name had not begun to leave. Without a heartbeat each was perhaps delivered, unless the activity never began.
 */
function cutOff(error: unknown, ids: readonly string[]): readonly Outcome[] {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const heartbeat: unknown = cause instanceof TimeoutFailure ? cause.lastHeartbeatDetails : undefined;
  const reported = Array.isArray(heartbeat) ? (heartbeat as readonly Outcome[]) : undefined;
  const neverBegan = cause instanceof CancelledFailure || (cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START');
  const otherwise = reported !== undefined || neverBegan ? 'failed' : 'perhaps';
  return ids.map((id) => reported?.find((outcome) => outcome.id === id) ?? { id, outcome: otherwise });
}
