import type { Told } from '../../domain/case/carriedFile';
import type { CaseFile, CaseStart, FactSubmission } from '../../domain/case/caseFile';
import type { CountedSignals, LogEntry } from '../../domain/facts/log';
import type { Caller } from '../../domain/basics/roles';
import type { Certificate } from '../../domain/views/certificate';
import type { IntakeView } from '../../domain/views/intake';
import type { PartnerView } from '../../domain/views/partner';
import type { PathwayView } from '../../domain/views/pathway';
import type { Language } from '../../domain/words';
import type { Asking } from '../request';

/** A pathway as one caller reads it: all of it, or the part for partners. */
export type SeenPathway = PathwayView | PartnerView;

/** The cases, one by one. A case that is hidden from the caller is refused as one that does not exist: `not-found`. */
export interface Pathways {
  /** Begins a case. If the same reference was begun before, the answer is that case's file. */
  open(start: CaseStart, by: Caller): Promise<CaseFile>;
  /** The pathway as far as it is for the caller. */
  find(reference: string, asking: Asking): Promise<SeenPathway>;
  /** The intake with which the case began; the code, for a caller who reads the case and is not on its team. */
  intake(reference: string, asking: Asking): Promise<IntakeView | 'role-not-allowed'>;
  /** One deadline explained; the code, where the case has no such deadline for the caller. */
  explain(reference: string, deadline: string, asking: Asking): Promise<Certificate | 'no-such-deadline'>;
  /** The entries of the case that are for the caller, in the order in which they arrived. */
  timeline(reference: string, caller: Caller): Promise<readonly (LogEntry | CountedSignals)[]>;
  /** Records a fact, once for each key; the answer is the pathway after it. */
  tell(reference: string, submission: FactSubmission, language?: Language): Promise<SeenPathway>;
}

/** The cases themselves, where no register stands in for them. */
export interface Cases extends Omit<Pathways, 'tell'> {
  /**
   * Records a fact, once for each key. `exchange` runs before the next fact of the same case does, and gets `send`: that tells the case, with
   * the revision of the file that the sender has, or null. A case on the code of an earlier release answers with the pathway.
   */
  tell<Answer>(reference: string, submission: FactSubmission, exchange: Exchange<Answer>): Promise<Answer>;
  /** All that there is of a case. */
  file(reference: string, by: Caller): Promise<CaseFile>;
  /** Lets all calls within the work together take no longer than one may. */
  inOneTime<T>(work: () => Promise<T>): Promise<T>;
  /** Makes the case write itself into the register. */
  askToRegister(reference: string, by: Caller): Promise<void>;
}

export type Exchange<Answer> = (send: (knows: number | null, language?: Language) => Promise<Told | SeenPathway>) => Promise<Answer>;
