import { hasRoomFor, roomy, type Rooms } from './bounds';
import { dateOf, type PlainDate } from '../basics/calendar';
import type { Edition } from '../policy/edition';
import { rowOf } from '../rules';
import { factTypes, type Fact, type FactType } from '../facts/catalogue';
import type { ReceivedFact } from '../facts/recordedFact';
import { isOneOf, type Caller, type Role, type Party } from '../basics/roles';
import { notPossible, Refusal, type RefusalCode } from '../basics/refusal';
import type { Situation, Stage } from '../state/situation';
import { isJudgedAsInReflection } from '../state/questions';

/** Whether somebody has the authority to tell a fact. */
export function mayRecord(situation: Situation, fact: Fact, by: Caller): boolean {
  return isOneOf(by, tellersOf(situation, fact));
}

/** Somebody who may tell a fact, where it does not matter who. */
export function someoneWhoMayRecord(situation: Situation, fact: Fact): Caller {
  const [teller = 'supervisor'] = tellersOf(situation, fact);
  const partner = /^partner:(.+)$/.exec(teller)?.[1];
  return partner === undefined ? { id: teller, roles: [teller as Role] } : { id: partner, roles: ['partner'], partner };
}

/** Why a fact cannot be told as things are. It is judged by its date where only the end of the three months stands between. */
export function refusalOf(
  now: Situation,
  told: ReceivedFact,
  { edition, earliest, latest = dateOf(told.receivedAt) }: { edition: Edition; earliest: PlainDate; latest?: PlainDate },
): Refusal | null {
  if (told.on > latest) return new Refusal('date-in-future');
  if (told.on < earliest) return new Refusal('date-before-start');
  const row = rowOf(told.type);
  const possibleIn: readonly Stage[] = row.possibleIn;
  const asInReflection = isJudgedAsInReflection(now, told.on) && possibleIn.includes('reflection');
  if (!asInReflection && !possibleIn.includes(now.stage)) return notPossible();
  return row.waitsFor?.(now, edition) ?? row.refusedBecause?.(now, told, edition) ?? null;
}

/** What whoever was refused needs to know. */
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

/** Fact types that this caller may tell of the case now, where it has room for them. */
export function allowedFacts(situation: Situation, by: Caller, edition: Edition, rooms: Rooms = roomy): FactType[] {
  const mayBeTold = (fact: Fact) => mayRecord(situation, fact, by) && hasRoomFor(rooms, situation, fact, edition);
  return factTypes.filter((type) => {
    const row = rowOf(type);
    if (!row.possibleIn.includes(situation.stage) || (row.waitsFor?.(situation, edition) ?? null) !== null) return false;
    if (row.choices === undefined) return mayBeTold({ type } as Fact);
    return row.choices(situation).some((choice) => {
      const told = { ...choice, type, by } as ReceivedFact;
      return mayBeTold(told) && (row.refusedBecause?.(situation, told, edition) ?? null) === null;
    });
  });
}

function tellersOf(situation: Situation, fact: Fact): readonly Party[] {
  const { toldBy } = rowOf(fact.type);
  return typeof toldBy === 'function' ? toldBy(situation, fact, (other) => tellersOf(situation, other)) : toldBy;
}
