import { refold, type CaseFile } from '../domain/case/caseFile';
import type { LogEntry } from '../domain/facts/log';
import type { CaseKey } from '../privacy/caseKeys';
import { NoCaseKey } from '../privacy/keyErrors';
import type { CaseStateRow, RegisterTable } from '../store/register';
import { markOf, rowsOf, type CaseToWrite, type KeyedHash } from './caseRows';
import { editionsIn } from './editions';
import { openedState } from './sealedState';
import { openedOrNone, seals } from './seals';

/** A case as the register has it. */
export interface RegisteredCase {
  readonly file: CaseFile;
  /** The form of its rows, and the instant at which they were made. */
  readonly form: number;
  readonly writtenAt: string;
  /** The run of the case was ended. */
  readonly isEnded: boolean;
}

/** The register, opened with the keys of the cases. Methods reject with `StoreAway` or `KeysUnavailable` where one does not answer. */
export interface Register {
  /** Undefined where the register has no such case, or not all of it. */
  read(reference: string): Promise<RegisteredCase | undefined>;
  /** Writes a case, unless a newer revision of it stands. Resolves to whether this is the newest. */
  write(written: CaseToWrite): Promise<boolean>;
  /** The revision of each of these cases that the register has. */
  revisionsOf(references: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

interface Parts {
  readonly table: Pick<RegisterTable, 'write' | 'ofReference' | 'revisionsOf' | 'putEdition' | 'editionOf'>;
  readonly keys: { ofReference(reference: string): Promise<CaseKey | undefined> };
  readonly hash: KeyedHash;
  /** Called with a case whose rows do not belong together or do not open: somebody changed them. */
  readonly damaged: (reference: string) => void;
}

export function openRegister({ table, keys, hash, damaged }: Parts): Register {
  const editions = editionsIn(table);
  return {
    async read(reference) {
      const [row, key] = await Promise.all([table.ofReference(reference), keys.ofReference(reference)]);
      if (row === undefined || key === undefined) return undefined;
      const edition = await editions.withHash(row.edition);
      const found = edition && opened(row, key, reference);
      if (edition === undefined || found === undefined) {
        damaged(reference);
        return undefined;
      }
      const { state, entries } = found;
      const { start, entries: _, mark: __, edition: ___, ...post } = state;
      const { revision, form, writtenAt, isEnded } = row;
      return { file: refold({ ...start, edition }, entries, { ...post, revision }), form, writtenAt, isEnded };
    },
    async write(written) {
      const { reference, edition } = written.file.start;
      const [key, hashOfEdition] = await Promise.all([keys.ofReference(reference), editions.hashOf(edition)]);
      if (key === undefined) throw new NoCaseKey();
      return table.write(rowsOf(written, key, hashOfEdition, hash));
    },
    revisionsOf: (references) => table.revisionsOf(references),
  };
}

/** What is sealed in a row and its facts; undefined where a part does not open, is missing or belongs to another state. */
function opened(row: CaseStateRow, key: CaseKey, reference: string) {
  const state = openedState(row, reference, key);
  const entries = row.facts.map((fact, place) => openedOrNone(key, fact, seals.fact(reference, place + 1)) as LogEntry | undefined);
  if (state?.entries !== entries.length || !entries.every((entry) => entry !== undefined)) return undefined;
  return state.mark === markOf(entries) ? { state, entries } : undefined;
}
