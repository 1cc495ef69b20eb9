/* The decision whether a fact may be recorded, and by whom. */

import { hasRoomFor, roomy, type Rooms } from './bounds';
import { dateOf, type PlainDate } from '../basics/calendar';
import type { Edition } from '../policy/edition';
import { rowOf } from '../rules';
import { factTypes, pastDatesOf, type Fact, type FactType } from '../facts/catalogue';
import type { RecordedFact } from '../facts/recordedFact';
import { areInvestigators, isInvestigator, isOneOf, type Caller, type Role, type Party } from '../basics/roles';
import { may, type Where } from '../rights/rights';
import { whereIs } from '../rights/told';
import { notPossible, Refusal, type RefusalCode } from '../basics/refusal';
import type { Situation, Stage } from '../state/situation';
import { isJudgedAsInReflection } from '../state/reflectionPeriod';

/** Whether a caller has the authority to record a fact. */
export function mayRecord(situation: Situation, fact: Fact, by: Caller): boolean {
  return isOneOf(by, partiesOf(situation, fact));
}

/** Any caller who may record a fact: one who reaches the case, if there is one. */
export function someoneWhoMayRecord(situation: Situation, fact: Fact, edition: Edition): Caller {
  const where = whereIs(situation, edition);
  const [first = 'supervisor', ...others] = partiesOf(situation, fact);
  const callers = [first, ...others].map((party) => memberOf(party, where));
  return callers.find((each) => may(each, 'tell', where) === 'yes') ?? whoReaches(memberOf(first, where), where);
}

function memberOf(party: Party, { office, told }: Where): Caller {
  const partner = party === 'partner' ? told?.[0] : /^partner:(.+)$/.exec(party)?.[1];
  if (partner !== undefined) return { id: partner, roles: ['partner'], partner };
  return { id: party, roles: [party as Role], office };
}

/** In a hidden case somebody of the police who reaches it by another role: then the rules say what the fact waits for. */
function whoReaches(caller: Caller, { hidden }: Where): Caller {
  return hidden && caller.roles.every(isInvestigator) ? { ...caller, roles: [...caller.roles, 'caseworker'] } : caller;
}

/** Why a fact is impossible now. News of the three months is judged by its date if nothing but their end lies between. */
export function refusalOf(
  now: Situation,
  fact: RecordedFact,
  { edition, earliest, latest = dateOf(fact.receivedAt) }: { edition: Edition; earliest: PlainDate; latest?: PlainDate },
): Refusal | null {
  if (fact.on > latest || pastDatesOf(fact).some((date) => date > latest)) return new Refusal('date-in-future');
  if (fact.on < earliest) return new Refusal('date-before-start');
  const row = rowOf(fact.type);
  const possibleIn: readonly Stage[] = row.possibleIn;
  const asInReflection = isJudgedAsInReflection(now, fact.on) && possibleIn.includes('reflection');
  if (!asInReflection && !possibleIn.includes(now.stage)) return notPossible();
  if (isKeptFromInvestigators(now, fact)) return notPossible('consentGiven');
  return row.waitsFor?.(now, edition) ?? row.refusedBecause?.(now, fact, edition) ?? null;
}

/** Whether only people who investigate may record a fact, in a case of which they may not know (docs/policy.md, section 3). */
function isKeptFromInvestigators(situation: Situation, fact: Fact): boolean {
  return situation.hidden && fact.type !== 'corrected' && areInvestigators(partiesOf(situation, fact));
}

/** A refusal with what the caller needs to know. */
export interface RefusalDetails {
  readonly code: RefusalCode;
  readonly stage: Stage;
  readonly missing: readonly string[];
  readonly allowedFacts: readonly FactType[];
}

export function refusalDetails(
  { code, missing }: Refusal,
  now: Situation,
  by: Caller,
  edition: Edition,
  rooms: Rooms = roomy,
): RefusalDetails {
  return { code, stage: now.stage, missing, allowedFacts: code === 'not-found' ? [] : allowedFacts(now, by, edition, rooms) };
}

/** Fact types that this caller may record now and the case has room for. */
export function allowedFacts(situation: Situation, by: Caller, edition: Edition, rooms: Rooms = roomy): FactType[] {
  const isAllowed = (fact: Fact) =>
    mayRecord(situation, fact, by) && hasRoomFor(rooms, situation, fact, edition) && !isKeptFromInvestigators(situation, fact);
  return factTypes.filter((type) => {
    const row = rowOf(type);
    if (!row.possibleIn.includes(situation.stage) || (row.waitsFor?.(situation, edition) ?? null) !== null) return false;
    if (row.choices === undefined) return isAllowed({ type } as Fact);
    return row.choices(situation).some((choice) => {
      const fact = { ...choice, type, by } as RecordedFact;
      return isAllowed(fact) && (row.refusedBecause?.(situation, fact, edition) ?? null) === null;
    });
  });
}

function partiesOf(situation: Situation, fact: Fact): readonly Party[] {
  const { recordedBy } = rowOf(fact.type);
  return typeof recordedBy === 'function' ? recordedBy(situation, fact, (other) => partiesOf(situation, other)) : recordedBy;
}
