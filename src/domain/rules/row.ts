/* The type of a row of the table of facts. */

import type { Words } from '../basics/language';
import type { Refusal } from '../basics/refusal';
import type { Party } from '../basics/roles';
import type { Alarm, FactIndex, Notice, Outgoing, Situation, Stage, StagePosition } from '../state/situation';
import type { Edition } from '../policy/edition';
import type { Fact, FactType } from '../facts/catalogue';
import type { RecordedFact } from '../facts/recordedFact';

/** One row of THE TABLE OF FACTS: everything about a fact except its fields (`facts/catalogue.ts`) and the stage it leads to (`stages.ts`). */
export interface FactRow<T extends FactType> {
  /** Stages in which it can be recorded. */
  readonly possibleIn: readonly Stage[];
  /** The parties with the authority to record it. */
  readonly recordedBy:
    readonly Party[] | ((situation: Situation, fact: Fact<T>, partiesOf: (other: Fact) => readonly Party[]) => readonly Party[]);
  /** Of a fact about a task, a deadline or a route: the ones there are. It is possible now if it is for one of them. */
  readonly choices?: (situation: Situation) => readonly Partial<Fact<T>>[];
  /** Why it is impossible in this case now, whatever it says. */
  readonly waitsFor?: (situation: Situation, edition: Edition) => Refusal | null;
  /** Why it is impossible as it is. */
  readonly refusedBecause?: (situation: Situation, fact: RecordedFact<T>, edition: Edition) => Refusal | null;
  /** Whether a full case (`case/bounds.ts`) still takes it: what happened, and what the closing of the case waits for. */
  readonly takenOfAFullCase?: (situation: Situation, fact: Fact<T>, edition: Edition) => boolean;
  /** What it changes by itself, beside the stage, the notices and the alarms, which have members or tables of their own. */
  readonly changes?: (situation: Situation, fact: RecordedFact<T>, edition: Edition) => OwnChanges;
  /** Notices to partners because of it. */
  readonly notices?: (before: Situation, after: Situation, fact: RecordedFact<T>) => readonly Pick<Notice, 'partner' | 'kind'>[];
  /** Roles that are alarmed because of it. */
  readonly alarms?: (before: Situation, fact: RecordedFact<T>, edition: Edition) => readonly Alarm['to'][number][];
  /** Whether nobody needs to act on its alarm any more. */
  readonly alarmSettled?: (now: Situation, edition: Edition) => boolean;
  /** Its sentence in the timeline; `{name}` stands for the field's code in words. */
  readonly says: Words;
  /** A second sentence, where a field of it needs one. */
  readonly alsoSays?: (fact: Fact<T>) => Words | null;
  readonly source: string;
  /** Where the edition has a law of its own for it. */
  readonly sourceIn?: (edition: Edition) => string;
}

/** A row may not overwrite where the case is, what goes out, or the log. */
export type OwnChanges = Partial<Omit<Situation, keyof StagePosition | keyof Outgoing | keyof FactIndex>>;

export type FactTable<T extends FactType = FactType> = { readonly [Each in T]: FactRow<Each> };
