/* A case file as it travels or is kept: without what can be made again from the rest. */

import { completed } from '../policy/completed';
import type { LogEntry } from '../facts/log';
import type { Edition } from '../policy/edition';
import { refold, type CaseFile, type CaseStart } from './caseFile';

/** A file without its situation, which is folded again, and perhaps without its edition, which is the same for many cases. */
export interface CarriedFile extends Omit<CaseFile, 'start' | 'situation'> {
  readonly start: Omit<CaseStart, 'edition'> & { readonly edition?: Edition | undefined };
}

export function carriedFile({ situation: _, ...file }: CaseFile, { withEdition }: { readonly withEdition: boolean }): CarriedFile {
  if (withEdition) return file;
  const { edition: __, ...start } = file.start;
  return { ...file, start };
}

/** The file again. `edition`: the one that the case has, for a file that came without it. */
export function unfolded({ start, entries, ...post }: CarriedFile, edition: Edition | undefined): CaseFile {
  const known = start.edition ?? edition;
  if (known === undefined) throw new Error('a file without its edition cannot be folded');
  return refold({ ...start, edition: completed(known) }, entries, post);
}

/** A case after a fact that its teller asked to record. */
export interface Told {
  readonly revision: number;
  /** What the case recorded, by its own rules, for a sender who knew the file before it. Left out where the request is a repeat. */
  readonly entry?: LogEntry | undefined;
  /** Left out where the sender knew the file before the fact. It has its edition only if the sender knew nothing. */
  readonly file?: CarriedFile;
}
