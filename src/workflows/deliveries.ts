import type { Dispatch } from '../domain/agenda';
import type { CaseStart } from '../domain/caseFile';
import type { Letter, Outcome } from '../domain/post';
import type { Notice, Situation } from '../domain/situation';
import { activities } from './stubs';
import { lettersSummary, noticeSummary } from './view';

/** Sending beside the clock: a mail server that is down holds up nothing. */
export interface Deliveries {
  /** Hands over what is due; every answer comes back by `answered`. */
  send(dispatch: Dispatch, situation: Situation): void;
  /** Whether no answer is awaited. */
  isQuiet(): boolean;
}

export function openDeliveries({ reference, office }: CaseStart, answered: (outcomes: readonly Outcome[]) => void): Deliveries {
  let awaited = 0;

  function hand(sending: Promise<readonly Outcome[]>, ids: readonly string[]): void {
    awaited += 1;
    // An activity that ran out of time has told us nothing: what it carried counts as not delivered, and keeps its Message-ID.
    const settled = sending.catch(() => ids.map((id): Outcome => ({ id, outcome: 'failed' })));
    void settled.then((outcomes) => {
      awaited -= 1;
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
      if (letters.length > 0)
        hand(
          sendLetters(letters, situation),
          letters.map(({ id }) => id),
        );
      for (const notice of notices) hand(sendNotice(notice), [notice.id]);
    },
    isQuiet: () => awaited === 0,
  };
}
