import { condition, workflowInfo } from '@temporalio/workflow';
import { dispatchAt, nextDueAt } from '../domain/notifications/agenda';
import { later, latest, type Instant } from '../domain/basics/calendar';
import { openCase, refold, situationAt, type CaseFile } from '../domain/case/caseFile';
import { afterDelivery, assumingDelivered } from '../domain/notifications/delivery';
import { waitingFor } from '../domain/views/caseInWords';
import { nextOf, undelivered } from '../domain/views/pathway';
import type { Stage } from '../domain/state/situation';
import { millisecondsUntil, settledMinute, thisMinute } from './clock';
import { openDeliveries, type Deliveries } from './deliveries';
import type { PathwayStart } from './messages';
import { show } from './view';

/** One run of a case: the file as it is, what is under way, and the one wait. */
export class Run {
  private current: CaseFile;
  private waitsFor: Instant | null = null;
  private woken = false;
  private readonly stageAtFirst: Stage;
  private readonly deliveries: Deliveries;

  constructor({ start, entries, outbox, counted }: PathwayStart) {
    this.current = entries === undefined ? openCase(start) : refold(start, entries, outbox, counted);
    this.stageAtFirst = situationAt(this.current, thisMinute()).stage;
    this.deliveries = openDeliveries(start, (outcomes) => {
      // Somebody who could not be reached, and now was, is news as well.
      const allReached = undelivered(this.current, situationAt(this.current, thisMinute())).length === 0;
      const asSupposed = allReached && outcomes.every(({ outcome }) => outcome === 'delivered');
      const answered = afterDelivery(this.current, outcomes, thisMinute());
      if (asSupposed) this.wentAsSupposed(answered);
      else this.change(answered);
    });
  }

  get file(): CaseFile {
    return this.current;
  }

  /** Something was told, or what was sent did not arrive. */
  change(changed: CaseFile): void {
    this.current = changed;
    const next = nextDueAt(assumingDelivered(changed, thisMinute()), settledMinute());
    // A fact re-arms the timer only if the next moment got earlier; a timer that rings for nothing does no harm. Who is woken shows it.
    if (this.isTimeToRest() || (next !== null && (this.waitsFor === null || next < this.waitsFor))) this.woken = true;
    else show(changed, thisMinute());
  }

  /** The clock and the words for the Temporal UI were set as if all would arrive, and all did. */
  private wentAsSupposed(answered: CaseFile): void {
    this.current = answered;
    if (this.isTimeToRest()) this.woken = true;
  }

  /** Hands over what is due, beside the clock: a mail server that is down holds up nothing. */
  sendWhatIsDue(): void {
    const now = settledMinute();
    const { file, dispatch } = dispatchAt(this.current, now);
    this.current = file;
    this.deliveries.send(dispatch, situationAt(file, now));
  }

  /** The one wait: for news, or until something is next due. */
  async newsOrTheNextMoment(): Promise<void> {
    const now = settledMinute();
    this.woken = this.isTimeToRest();
    const next = nextDueAt(assumingDelivered(this.current, now), now);
    // What is due now was just handed over; whatever a mistake of ours made of that, no case may spin.
    this.waitsFor = next === null ? null : latest(next, later(now, 'PT1M'));
    if (this.woken) return;
    if (this.waitsFor === null) await condition(() => this.woken);
    else await condition(() => this.woken, millisecondsUntil(this.waitsFor), { summary: waitingFor(nextOf(this.current, now)) });
  }

  /** Before the run ends: an answer that came later would come to nobody. */
  async breaksOffWhatIsUnderWay(): Promise<void> {
    this.deliveries.breakOff();
    await condition(() => this.deliveries.isQuiet());
  }

  /** A change of stage can wait until every letter is answered; a history that has grown too long cannot. */
  isTimeToRest(): boolean {
    if (workflowInfo().continueAsNewSuggested) return true;
    return this.deliveries.isQuiet() && situationAt(this.current, thisMinute()).stage !== this.stageAtFirst;
  }
}
