import { ActivityFailure, CancellationScope, CancelledFailure, TimeoutFailure } from '@temporalio/workflow';
import type { Dispatch } from '../domain/notifications/agenda';
import type { CaseStart } from '../domain/case/caseFile';
import type { Letter, Outcome } from '../domain/state/outbox';
import type { Notice, Situation } from '../domain/state/situation';
import { lettersSummary, noticeSummary } from '../domain/views/caseInWords';
import { activities } from './stubs';

/** Sending beside the clock: a mail server that is down holds up nothing. */
export interface Deliveries {
  /** Hands over what is due; every answer comes back by `answered`. */
  send(dispatch: Dispatch, situation: Situation): void;
  /** Whether no answer is awaited. */
  isQuiet(): boolean;
  /** Breaks off what is under way: the answers, what each letter had come to, come within seconds. */
  breakOff(): void;
}

export function openDeliveries({ reference, office }: CaseStart, answered: (outcomes: readonly Outcome[]) => void): Deliveries {
  const underway = new Set<CancellationScope>();

  function hand(send: () => Promise<readonly Outcome[]>, ids: readonly string[]): void {
    const scope = new CancellationScope();
    underway.add(scope);
    const settled = scope.run(send).catch((error: unknown) => cutOff(error, ids));
    void settled.then((outcomes) => {
      underway.delete(scope);
      answered(outcomes);
    });
  }

  function sendLetters(letters: readonly Letter[], situation: Situation): Promise<readonly Outcome[]> {
    const supervisor = situation.team.supervisor?.staffId ?? '';
    return activities.sendDigests.executeWithOptions({ summary: lettersSummary(letters, situation) }, [
      { reference, office, supervisor, letters },
    ]);
  }

  async function sendNotice(notice: Notice): Promise<readonly Outcome[]> {
    const send = {
      'm55-cooperation': activities.permitApplication,
      'return-referral': activities.iomReturn,
      'return-stopped': activities.notifyPartner,
      'travel-hold': activities.notifyPartner,
      recall: activities.notifyPartner,
      correction: activities.notifyPartner,
      departed: activities.notifyPartner,
    }[notice.kind];
    return [await send.executeWithOptions({ summary: noticeSummary(notice) }, [{ reference, notice }])];
  }

  return {
    send({ letters, notices }, situation) {
      // Digests may wait for one another, and no alarm waits for a digest.
      for (const together of [letters.filter(({ kind }) => kind === 'alarm'), letters.filter(({ kind }) => kind !== 'alarm')])
        if (together.length > 0)
          hand(
            () => sendLetters(together, situation),
            together.map(({ id }) => id),
          );
      for (const notice of notices) hand(() => sendNotice(notice), [notice.id]);
    },
    isQuiet: () => underway.size === 0,
    breakOff() {
      for (const scope of underway) scope.cancel();
    },
  };
}

/**
 * What is known of letters and notices whose activity gave no answer. Its last heartbeat says what each had come to; what it does not
 * name had not begun to leave. Without one that holds only where the activity never began; else each was perhaps delivered.
 */
function cutOff(error: unknown, ids: readonly string[]): readonly Outcome[] {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const said = cause instanceof TimeoutFailure ? cause.lastHeartbeatDetails : undefined;
  const told = Array.isArray(said) ? (said as readonly Outcome[]) : undefined;
  const neverBegan = cause instanceof CancelledFailure || (cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START');
  const otherwise = told !== undefined || neverBegan ? 'failed' : 'perhaps';
  return ids.map((id) => told?.find((outcome) => outcome.id === id) ?? { id, outcome: otherwise });
}
