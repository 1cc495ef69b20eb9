import type { Instant } from '../../domain/basics/calendar';
import type { CaseFile } from '../../domain/case/caseFile';

/** The register: each case as it was last written. No method rejects, and none takes longer than a moment. */
export interface CaseRegister {
  /** Undefined where the register has no such case, or does not answer now: then the case itself is asked. */
  read(reference: string): Promise<CaseFile | undefined>;
  /** Resolves to false where the case has to write itself. `known`: so many facts are there already. */
  write(written: { readonly file: CaseFile; readonly now: Instant; readonly known?: number | undefined }): Promise<boolean>;
  /** A case has taken a change over without a `write`, and writes this revision itself. */
  takenOver(reference: string, revision: number): void;
}
