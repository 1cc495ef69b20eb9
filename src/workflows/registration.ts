/* What the register lacks of a case that nobody else writes. */

import { CancellationScope, condition, workflowInfo } from '@temporalio/workflow';
import { carriedFile } from '../domain/case/carriedFile';
import type { CaseFile } from '../domain/case/caseFile';
import type { LateMoment } from '../domain/views/lateMoment';
import { thisMinute } from './clock';
import type { Owed } from './messages';
import { writeRegisterAtLast, writeRegisterAtOnce } from './stubs';

/** What Temporal shows beside the write. */
const summary = 'Writes the case into the register';

/**
 * A fact that was told through the API is written by the API, after the case has it for good. What the clock does, and whatever the API could
 * not write, the case writes itself (docs/decisions/0033-the-register.md).
 */
export class Registration {
  /** Whether something happened since the last write began. A run tidies what it takes over, so each begins behind. */
  private isBehind = true;
  private underWay: typeof writeRegisterAtOnce | typeof writeRegisterAtLast | null = null;
  /** Whether nobody but the case will write: somebody was told so. */
  private isOwed = false;
  /** The task in which the last fact was told, by the length of the history at its start. */
  private toldInTask = 0;

  constructor(
    private readonly file: () => CaseFile,
    /** Whether nothing else is under way, so that one write holds the outcome of everything. */
    private readonly isQuiet: () => boolean,
    /** Moments that the run before could not write. */
    private late: readonly LateMoment[],
  ) {}

  /** The clock, or the answer to a letter, changed the case. */
  changed(): void {
    this.isBehind = true;
    this.writeOnceQuiet();
  }

  /** A moment of the clock came late. */
  cameLate(moment: LateMoment): void {
    this.isBehind = true;
    this.late = [...this.late, moment];
  }

  /** A fact was told in this task, which may yet fail: until it is done, nothing of the fact may leave. */
  told(): void {
    this.toldInTask = workflowInfo().historyLength;
  }

  /** Writes what the clock did, once nothing is under way. Where the database does not answer at once, an activity goes on. */
  writeOnceQuiet(): void {
    if (!this.isBehind || this.underWay !== null || !this.isQuiet()) return;
    // A local activity runs before its task is done, and the other kind after.
    if (this.toldInTask === workflowInfo().historyLength) this.writeAtLast();
    else this.tryAtOnce();
  }

  private tryAtOnce(): void {
    void this.write(writeRegisterAtOnce).then((isWritten) => (isWritten ? this.writeOnceQuiet() : this.writeAtLast()));
  }

  /** Nobody else will write, and the next run does. */
  owes(): void {
    this.isBehind = true;
    this.isOwed = true;
  }

  /** Writes all of the case, however long the database is away. Whatever happens meanwhile is in one more write. */
  writeAtLast(): void {
    this.owes();
    if (this.underWay !== null) return;
    void this.write(writeRegisterAtLast).then(() => (this.isBehind ? this.writeAtLast() : undefined));
  }

  /** Resolves when the run may end: a local write under way takes less than a second. */
  async mayEnd(): Promise<void> {
    await condition(() => this.underWay !== writeRegisterAtOnce);
  }

  /** What the next run owes the register, since this one ends before it was written; undefined where it owes nothing. */
  get owed(): Owed | undefined {
    return this.isOwed || this.late.length > 0 ? { late: this.late } : undefined;
  }

  private async write(how: typeof writeRegisterAtOnce | typeof writeRegisterAtLast): Promise<boolean> {
    const { late } = this;
    this.underWay = how;
    this.isBehind = false;
    const order = { file: carriedFile(this.file(), { withEdition: true }), now: thisMinute(), late };
    const isWritten = await CancellationScope.nonCancellable(() => how.executeWithOptions({ summary }, [order])).then(
      () => true,
      () => false,
    );
    this.underWay = null;
    if (!isWritten) {
      this.isBehind = true;
      return false;
    }
    this.late = this.late.slice(late.length);
    this.isOwed = this.isOwed && this.isBehind;
    return true;
  }
}
