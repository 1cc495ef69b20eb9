import type { CaseFile } from '../domain/case/caseFile';

/** A case in its own words. `isNumbered`: it has a revision. A case on the code of an earlier release has none, and takes the time. */
export interface AskedFile {
  readonly file: CaseFile;
  readonly isNumbered: boolean;
}

/** `gone`: there is no such case. `ended`: its run was ended. `silent`: it does not answer. */
export type AskedCase = AskedFile | 'gone' | 'ended' | 'silent';

/** The cases themselves, as somebody asks them who holds the register against them. */
export interface AskedCases {
  /** The references of the cases that go on; closed ones do. */
  readonly all: () => Promise<readonly string[]>;
  readonly ask: (reference: string) => Promise<AskedCase>;
}
