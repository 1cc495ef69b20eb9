/* One run of a case: its file, its deliveries, and the wait between two wakes. */

import { condition, workflowInfo } from '@temporalio/workflow';
import { dispatchAt, nextDueAt } from '../domain/notifications/agenda';
import { later, latest, type Instant } from '../domain/basics/calendar';
import { situationAt, type CaseFile } from '../domain/case/caseFile';
import { afterDelivery, assumingDelivered } from '../domain/notifications/delivery';
import { waitingFor } from '../domain/views/caseInWords';
import { lateMoment } from '../domain/views/lateMoment';
import { nextOf, undelivered } from '../domain/views/pathway';
import type { LogEntry } from '../domain/facts/log';
import type { Stage } from '../domain/state/situation';
import { millisecondsUntil, lastClosedMinute, thisMinute } from './clock';
import { openDeliveries, type Deliveries } from './deliveries';
import type { Owed, PathwayStart } from './messages';
import { ownBuild } from './ownBuild';
import { Registration } from './registration';
import { rules } from './rules';
import { show } from './view';

/** One run of a case, from its first wake until a new run continues it. */
export class Run {
  private current: CaseFile;
  private waitsFor: Instant | null = null;
  private woken = false;
  private restAsked = false;
  /** Whether the clock ended the last wait. It may have changed the case without a fact and without a letter. */
  private hasStruck = false;
  private readonly stageAtFirst: Stage;
  private readonly deliveries: Deliveries;
  private readonly registration: Registration;
  /** The office that stands beside the key of the case, or is on its way there; null where that is not known. */
  private officeOfKey: string | null;

  constructor(input: PathwayStart) {
    const taken = rules.takenOver(input, thisMinute(), ownBuild());
    // A run of a build that knows no revision carries none. The time is higher than any that was before.
    this.current = input.revision === undefined ? stamped(taken) : taken;
    const { start, entries } = this.current;
    this.officeOfKey = entries.some(movesTheCase) ? null : start.office;
    this.stageAtFirst = situationAt(this.current, thisMinute()).stage;
    this.deliveries = openDeliveries(start, (outcomes) => {
      // An addressee who could not be reached before, and was reached now, is news too.
      const allReached = undelivered(this.current, situationAt(this.current, thisMinute())).length === 0;
      const asExpected = allReached && outcomes.every(({ outcome }) => outcome === 'delivered');
      const answered = afterDelivery(this.current, outcomes, thisMinute());
      if (asExpected) this.acceptExpected(answered);
      else this.change(answered);
      this.registration.changed();
    });
    this.registration = new Registration(
      () => this.current,
      () => this.deliveries.isQuiet(),
      input.owed?.late ?? [],
    );
    if (input.owed !== undefined) this.registration.writeAtLast();
  }

  get file(): CaseFile {
    return this.current;
  }

  /** Takes over a changed file, and wakes the run if something is due earlier than its timer. */
  change(unstamped: CaseFile): void {
    const changed = stamped(unstamped);
    this.current = changed;
    this.moveKey();
    const next = nextDueAt(assumingDelivered(changed, thisMinute()), lastClosedMinute());
    // The timer is set anew only if the next instant got earlier: a wake without work does no harm. After a wake the run shows the case itself.
    if (this.mustContinueInNewRun() || (next !== null && (this.waitsFor === null || next < this.waitsFor))) this.woken = true;
    else show(changed, thisMinute());
  }

  /** Everything arrived, as the timer and the Temporal UI already assumed. Neither is set anew. */
  private acceptExpected(answered: CaseFile): void {
    this.current = stamped(answered);
    if (this.mustContinueInNewRun()) this.woken = true;
  }

  /** Hands over everything that is due, without waiting: a mail server that is down delays no clock. */
  sendWhatIsDue(): void {
    this.moveKey();
    const now = lastClosedMinute();
    const { file, dispatch } = dispatchAt(this.current, now);
    const isChanged = file !== this.current || this.hasStruck;
    if (isChanged) this.current = stamped({ ...file, revision: file.revision + 1 });
    this.deliveries.send(dispatch, situationAt(this.current, now));
    if (isChanged) this.registration.changed();
    else this.registration.writeOnceQuiet();
    this.hasStruck = false;
  }

  /** A case that moved moves its key. A new run of such a case, also if it moved back, does it again: an earlier run may have ended before. */
  private moveKey(): void {
    const { office } = this.current.situation;
    if (office === this.officeOfKey) return;
    this.officeOfKey = office;
    this.deliveries.move(office);
  }

  /** The case writes itself into the register: nobody else can. A run that is about to end leaves that to the next, which has all of it. */
  register(): void {
    if (this.mustContinueInNewRun()) {
      this.registration.owes();
      this.woken = true;
    } else this.registration.writeAtLast();
  }

  /** A fact was told, and whoever told it writes it into the register once this task is done. */
  told(): void {
    this.registration.told();
  }

  /** What the next run owes the register. */
  get owed(): Owed | undefined {
    return this.registration.owed;
  }

  /** Goes on in a new run as soon as nothing is under way. */
  rest(): void {
    this.restAsked = true;
    this.woken = true;
  }

  /** The wait between two wakes: until news comes, or until something is next due. */
  async waitForNewsOrNextDue(): Promise<void> {
    const now = lastClosedMinute();
    this.woken = this.mustContinueInNewRun();
    const next = nextDueAt(assumingDelivered(this.current, now), now);
    // Everything due now was just handed over. A mistake of ours there must not wake the case without end.
    this.waitsFor = next === null ? null : latest(next, later(now, 'PT1M'));
    if (this.woken) return;
    if (this.waitsFor === null) await condition(() => this.woken);
    else await this.waitUntil(this.waitsFor, waitingFor(nextOf(this.current, now)));
  }

  private async waitUntil(planned: Instant, summary: string): Promise<void> {
    const before = this.current;
    const isNews = await condition(() => this.woken, millisecondsUntil(planned), { summary });
    // News and a late clock may come together, once a worker is back.
    const late = lateMoment(before, planned, lastClosedMinute());
    if (late !== undefined) this.registration.cameLate(late);
    this.hasStruck = !isNews || late !== undefined;
  }

  /** Before the run ends: a later answer would reach nobody. */
  async breakOff(): Promise<void> {
    this.deliveries.breakOff();
    await condition(() => this.deliveries.isQuiet());
    await this.registration.mayEnd();
  }

  /** A change of stage, or of the code, can wait until every letter is answered; a history that has grown too long cannot. */
  mustContinueInNewRun(): boolean {
    const { continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
    if (continueAsNewSuggested) return true;
    if (!this.deliveries.isQuiet()) return false;
    return this.restAsked || targetWorkerDeploymentVersionChanged || situationAt(this.current, thisMinute()).stage !== this.stageAtFirst;
  }
}

/** The file with a revision that is no lower than this millisecond. */
function stamped(file: CaseFile): CaseFile {
  return { ...file, revision: Math.max(file.revision, Date.now()) };
}

function movesTheCase(entry: LogEntry): boolean {
  return entry.type === 'intakeCorrected' && entry.office !== undefined;
}
