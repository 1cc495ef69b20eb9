/* What the register lacks of a case that nobody else writes. */

import { CancellationScope, condition } from '@temporalio/workflow';
import { carriedFile } from '../domain/case/carriedFile';
import type { CaseFile } from '../domain/case/caseFile';
import type { LateMoment } from '../domain/views/lateMoment';
import { thisMinute } from './clock';
import { writeRegisterAtLast, writeRegisterAtOnce } from './stubs';

/**
 * A fact that was told through the API is written by the API, after the case has it for good. What the clock does, and whatever the API could
 * not write, the case writes itself (docs/decisions/0033-the-register.md).
 */
export class Registration {
  /** Whether something happened since the last write began. A run tidies what it takes over, so each begins behind. */
  private isBehind = true;
  private underWay: typeof writeRegisterAtOnce | typeof writeRegisterAtLast | null = null;

  constructor(
    private readonly file: () => CaseFile,
    /** Whether nothing else is under way, so that one write holds the outcome of everything. */
    private readonly isQuiet: () => boolean,
    /** Moments that the run before could not write. */
    private late: readonly LateMoment[],
  ) {}

  /** The clock, or the answer to a letter, changed the case. */
  changed(late?: LateMoment): void {
    this.isBehind = true;
    if (late !== undefined) this.late = [...this.late, late];
    this.writeOnceQuiet();
  }

  /** Writes what the clock did, once nothing is under way. Where the database does not answer at once, an activity goes on. */
  writeOnceQuiet(): void {
    if (!this.isBehind || this.underWay !== null || !this.isQuiet()) return;
    void this.write(writeRegisterAtOnce).then((isWritten) => (isWritten ? this.writeOnceQuiet() : this.writeAtLast()));
  }

  /** Writes all of the case, however long the database is away. Whatever happens meanwhile is in one more write. */
  writeAtLast(): void {
    this.isBehind = true;
    if (this.underWay !== null) return;
    void this.write(writeRegisterAtLast).then(() => (this.isBehind ? this.writeAtLast() : undefined));
  }

  /** The late moments that the register lacks when the run ends. */
  async lateUnwritten(): Promise<readonly LateMoment[]> {
    // This wait ends with the limit of such a write, in less than a second.
    await condition(() => this.underWay !== writeRegisterAtOnce);
    return this.late;
  }

  private async write(how: typeof writeRegisterAtOnce | typeof writeRegisterAtLast): Promise<boolean> {
    const { late } = this;
    this.underWay = how;
    this.isBehind = false;
    const order = { file: carriedFile(this.file(), { withEdition: true }), now: thisMinute(), late };
    const isWritten = await CancellationScope.nonCancellable(() => how(order)).then(
      () => true,
      () => false,
    );
    this.underWay = null;
    if (isWritten) this.late = this.late.slice(late.length);
    else this.isBehind = true;
    return isWritten;
  }
}
