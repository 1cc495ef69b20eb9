/* What one caller is shown of a case: all of it, or the part that is for partners (docs/rights.md). */

import { dateOf, type Instant, type PlainDate } from '../basics/calendar';
import { isOneOf, type Caller } from '../basics/roles';
import { roomsIn } from '../case/bounds';
import { situationAt, type CaseFile } from '../case/caseFile';
import { allowedFacts, mayRecord, type RefusalDetails } from '../case/decide';
import type { Fact, FactType } from '../facts/catalogue';
import { isFact, type CountedSignals, type LogEntry } from '../facts/log';
import { shutGates } from '../plan/gates';
import { gates, type Gate } from '../policy/edition';
import { actingIn, readsAll } from '../rights/rights';
import { whereIs } from '../rights/told';
import type { Situation, Stage } from '../state/situation';
import type { Language } from '../words';
import { pathwayView, type PathwayView } from './pathway';

export const partnerStages = ['safeReturn', 'aftercare', 'other'] as const;
export type PartnerStage = (typeof partnerStages)[number];

/** A pathway as a partner reads it. */
export interface PartnerView {
  readonly reference: string;
  readonly stage: PartnerStage;
  /** The gates of a safe return that concern the partner and are shut today. */
  readonly missing: readonly Gate[];
  readonly travelOn: PlainDate | null;
  /** Fact types that this caller may record now. */
  readonly allowedFacts: readonly FactType[];
}

/** Who asks for a pathway, at which instant, and in which language: English, unless it names another. */
interface Asking {
  readonly caller: Caller;
  readonly now: Instant;
  readonly language?: Language | undefined;
}

/**
 * The pathway as far as it is for a caller who reaches the case; after a fact of theirs, who reached it before. The fact itself may have moved
 * the case out of their reach.
 */
export function pathwayFor(file: CaseFile, { caller, now, language = 'en' }: Asking, before = file): PathwayView | PartnerView {
  const situation = situationAt(file, now);
  const { edition } = file.start;
  const acting = actingIn(caller, whereIs(situation, edition));
  const isAll = readsAll(caller, whereIs(before.situation, edition));
  return isAll ? pathwayView(file, now, acting, language) : partnerView(file, situation, acting);
}

function partnerView(file: CaseFile, situation: Situation, partner: Caller): PartnerView {
  const { start, entries } = file;
  const { stage, journey, asOf } = situation;
  const shut = stage === 'safeReturn' ? shutGates(situation, dateOf(asOf), start.edition.safeReturn) : [];
  const concerned = gatesFor(partner, situation);
  return {
    reference: start.reference,
    stage: partnerStage(stage),
    missing: shut.filter((gate) => concerned.includes(gate)),
    travelOn: journey.travelOn,
    allowedFacts: allowedFacts(situation, partner, start.edition, roomsIn(entries)),
  };
}

/** The gates that a partner may open. IOM may declare the departure, which waits for every gate, so that each concerns it. */
function gatesFor(partner: Caller, situation: Situation): readonly Gate[] {
  const mayTell = (type: FactType) => mayRecord(situation, { type } as Fact, partner);
  return mayTell('departureDeclared') ? gates : gates.filter(mayTell);
}

function partnerStage(stage: Stage): PartnerStage {
  return stage === 'safeReturn' || stage === 'aftercare' ? stage : 'other';
}

/** The entries of a case that are for this caller: a partner reads its own facts. */
export function entriesFor(file: CaseFile, caller: Caller): readonly (LogEntry | CountedSignals)[] {
  const { entries, counted, situation, start } = file;
  if (readsAll(caller, whereIs(situation, start.edition))) return [...entries, ...(counted === null ? [] : [counted])];
  return entries.filter((entry) => isFact(entry) && isOneOf(entry.by, [`partner:${caller.partner ?? ''}`]));
}

/** A refusal as its caller is told: a partner learns no other stage by it than by the pathway. */
export function refusalFor(details: RefusalDetails, file: CaseFile, caller: Caller): RefusalFor {
  return readsAll(caller, whereIs(file.situation, file.start.edition)) ? details : { ...details, stage: partnerStage(details.stage) };
}

export type RefusalFor = Omit<RefusalDetails, 'stage'> & { readonly stage: Stage | PartnerStage };
