import type { Refusal } from '../basics/refusal';
import type { Party } from '../basics/roles';
import type { Alarm, Notice, Situation, Stage } from '../state/situation';
import type { Edition } from '../policy/edition';
import type { Fact, FactType } from '../facts/catalogue';
import type { ReceivedFact } from '../facts/recordedFact';

/** One row of THE TABLE OF FACTS: everything there is to know about a fact but its fields (`fields.ts`) and where it leads (`stages.ts`). */
export interface FactRow<T extends FactType> {
  /** Stages in which it can be told. */
  readonly possibleIn: readonly Stage[];
  /** Who has the authority to tell it. */
  readonly toldBy:
    readonly Party[] | ((situation: Situation, fact: Fact<T>, tellersOf: (other: Fact) => readonly Party[]) => readonly Party[]);
  /** Of a fact about a task, a deadline or a route: those there are. It can be told now if it can of one of them. */
  readonly choices?: (situation: Situation) => readonly Partial<Fact<T>>[];
  /** Why it cannot be told of this case now, whatever it says. */
  readonly waitsFor?: (situation: Situation, edition: Edition) => Refusal | null;
  /** Why it cannot be told as it is. */
  readonly refusedBecause?: (situation: Situation, fact: ReceivedFact<T>, edition: Edition) => Refusal | null;
  /** Whether a case takes it that is full (`bounds.ts`): what happened, and what closing the case waits for. */
  readonly takenOfAFullCase?: (situation: Situation, fact: Fact<T>, edition: Edition) => boolean;
  /** What it changes, beside the stage, the tasks and the deadlines, which have tables of their own. */
  readonly changes?: (situation: Situation, fact: ReceivedFact<T>, edition: Edition) => Partial<Situation>;
  /** Partners who are told because of it. */
  readonly notices?: (after: Situation, before: Situation, fact: ReceivedFact<T>) => readonly Pick<Notice, 'partner' | 'kind'>[];
  /** People who are told at once because of it. */
  readonly alarms?: (before: Situation, fact: ReceivedFact<T>, edition: Edition) => readonly Alarm['to'][number][];
  /** Whether nobody needs to act on its alarm any more. */
  readonly alarmSettled?: (now: Situation, edition: Edition) => boolean;
  /** Its sentence in the timeline; `{name}` stands for the field's code in words. */
  readonly says: { readonly nl: string; readonly en: string };
  readonly source: string;
  /** Where the edition has a law of its own for it. */
  readonly sourceIn?: (edition: Edition) => string;
}

export type FactTable<T extends FactType> = { readonly [Each in T]: FactRow<Each> };
