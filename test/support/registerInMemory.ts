import type { CaseFile } from '../../src/domain/case/caseFile';
import type { CaseRegister } from '../../src/casework/ports/caseRegister';
import type { CaseWrite } from '../../src/store/caseWrite';
import type { CaseStateRow, EditionRow, RegisterTable } from '../../src/store/register';

/** The table of a register without a database, for tests of something else: the newest revision stands. */
export function registerInMemory(): RegisterTable {
  const cases = new Map<string, { readonly written: CaseWrite; readonly facts: ReadonlyMap<number, Buffer> }>();
  const editions = new Map<string, EditionRow>();
  let ended: readonly string[] = [];
  return {
    write: async (written) => {
      const standing = cases.get(written.reference);
      const facts = new Map([...written.facts.map(({ n, sealed }) => [n, sealed] as const), ...(standing?.facts ?? [])]);
      const isNewest = standing === undefined || standing.written.revision < written.revision || standing.written.revision === written.over;
      cases.set(written.reference, { written: isNewest ? written : standing.written, facts });
      return isNewest;
    },
    ofReference: async (reference): Promise<CaseStateRow | undefined> => {
      const found = cases.get(reference);
      if (found === undefined) return undefined;
      const { revision, state } = found.written;
      const facts = [...found.facts].filter(([n]) => n <= state.entries).sort(([one], [other]) => one - other);
      return { ...state, revision, isEnded: ended.includes(reference), facts: facts.map(([, sealed]) => sealed) };
    },
    revisionsOf: async (references) =>
      new Map(references.flatMap((reference) => (cases.has(reference) ? [[reference, cases.get(reference)?.written.revision ?? 0]] : []))),
    putEdition: async (edition) => void editions.set(edition.hash.toString('hex'), edition),
    editionOf: async (hash) => editions.get(hash.toString('hex')),
    standing: async () => ({ state: undefined, line: undefined, facts: [], members: [], due: [] }),
    isCounted: async () => true,
    hasOlderForms: async () => false,
    references: async () => [...cases.keys()],
    isFilled: async () => true,
    markFilled: async () => undefined,
    endedCases: async () => ended,
    markEnded: async (marks) => void (ended = [...ended.filter((each) => !marks.goOn.includes(each)), ...marks.ended]),
    keepComparison: async () => undefined,
  };
}

/** A register that says nothing: each case is asked itself, as while the database is away. */
export const noRegister: CaseRegister = {
  read: async (): Promise<CaseFile | undefined> => undefined,
  write: async () => true,
  takenOver: () => undefined,
};

/** What the watch over the cases asks a register, where no case has ended. */
export const noEndedCases: Pick<RegisterTable, 'endedCases' | 'markEnded'> = {
  endedCases: async () => [],
  markEnded: async () => undefined,
};
