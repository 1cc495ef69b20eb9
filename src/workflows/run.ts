/* One run of a case: the only place that waits. */

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

/** One run of a case: its file, its deliveries under way, and its one wait. */
export class Run {
  private current: CaseFile;
  private waitsFor: Instant | null = null;
  private woken = false;
  private readonly stageAtFirst: Stage;
  private readonly deliveries: Deliveries;

  constructor({ start, entries, ...carried }: PathwayStart) {
    this.current = entries === undefined ? openCase(start) : refold(start, entries, carried);
    this.stageAtFirst = situationAt(this.current, thisMinute()).stage;
    this.deliveries = openDeliveries(start, (outcomes) => {
      // A person who could not be reached before, and was reached now, is news too.
      const allReached = undelivered(this.current, situationAt(this.current, thisMinute())).length === 0;
      const asAssumed = allReached && outcomes.every(({ outcome }) => outcome === 'delivered');
      const answered = afterDelivery(this.current, outcomes, thisMinute());
      if (asAssumed) this.wentAsAssumed(answered);
      else this.change(answered);
    });
  }

  get file(): CaseFile {
    return this.current;
  }

  /** A fact was recorded, or a delivery failed. */
  change(changed: CaseFile): void {
    this.current = changed;
    const next = nextDueAt(assumingDelivered(changed, thisMinute()), settledMinute());
    // The timer is set anew only if the next instant got earlier: a timer that rings for nothing does no harm. A woken run shows itself.
    if (this.isTimeToRest() || (next !== null && (this.waitsFor === null || next < this.waitsFor))) this.woken = true;
    else show(changed, thisMinute());
  }

  /** Timer and Temporal UI were set as if everything would arrive, and everything did. */
  private wentAsAssumed(answered: CaseFile): void {
    this.current = answered;
    if (this.isTimeToRest()) this.woken = true;
  }

  /** Hands over everything that is due, without waiting: a mail server that is down delays no clock. */
  sendWhatIsDue(): void {
    const now = settledMinute();
    const { file, dispatch } = dispatchAt(this.current, now);
    this.current = file;
    this.deliveries.send(dispatch, situationAt(file, now));
  }

  /** The one wait: until news comes, or until something is next due. */
  async newsOrTheNextMoment(): Promise<void> {
    const now = settledMinute();
    this.woken = this.isTimeToRest();
    const next = nextDueAt(assumingDelivered(this.current, now), now);
    // Everything due now was just handed over. Even a mistake of ours there must not let a case spin.
    this.waitsFor = next === null ? null : latest(next, later(now, 'PT1M'));
    if (this.woken) return;
    if (this.waitsFor === null) await condition(() => this.woken);
    else await condition(() => this.woken, millisecondsUntil(this.waitsFor), { summary: waitingFor(nextOf(this.current, now)) });
  }

  /** Before the run ends: a later answer would reach nobody. */
  async breaksOffDeliveries(): Promise<void> {
    this.deliveries.breakOff();
    await condition(() => this.deliveries.isQuiet());
  }

  /** A change of stage can wait until every letter is answered; a history that has grown too long cannot. */
  isTimeToRest(): boolean {
    if (workflowInfo().continueAsNewSuggested) return true;
    return this.deliveries.isQuiet() && situationAt(this.current, thisMinute()).stage !== this.stageAtFirst;
  }
}
