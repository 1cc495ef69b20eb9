import type { Refusal } from '../refusal';
import type { Caller, Teller } from '../people';
import type { Alarm, Notice, Situation, Stage } from '../situation';
import type { Edition } from '../edition';
import type { Instant } from '../calendar';
import type { Fact, FactType } from './fields';

/** A fact as it reached us: what happened, who told it, and when it was received. */
export type Told<T extends FactType = FactType> = Fact<T> & { readonly id: string; readonly by: Caller; readonly receivedAt: Instant };

/** One row of THE TABLE OF FACTS: everything there is to know about a fact but its fields (`fields.ts`) and where it leads (`stages.ts`). */
export interface FactRow<T extends FactType> {
  /** Stages in which it can be told. */
  readonly possibleIn: readonly Stage[];
  /** Who has the authority to tell it. */
  readonly toldBy: readonly Teller[] | ((situation: Situation, fact: Fact<T>) => readonly Teller[]);
  /** Of a fact about a task, a deadline or a route: those there are. It can be told now if it can of one of them. */
  readonly choices?: (situation: Situation) => readonly Partial<Fact<T>>[];
  /** Why it cannot be told of this case now, whatever it says. */
  readonly waitsFor?: (situation: Situation) => Refusal | null;
  /** Why it cannot be told as it is. */
  readonly refusedBecause?: (situation: Situation, fact: Told<T>, edition: Edition) => Refusal | null;
  /** What it changes, beside the stage, the tasks and the deadlines, which have tables of their own. */
  readonly changes?: (situation: Situation, fact: Told<T>, edition: Edition) => Partial<Situation>;
  /** Partners who are told because of it. */
  readonly notices?: (after: Situation, before: Situation) => readonly Pick<Notice, 'partner' | 'kind'>[];
  /** People who are told at once because of it. */
  readonly alarms?: (before: Situation, fact: Told<T>) => readonly Alarm['to'][number][];
  /** Its sentence in the timeline; `{name}` stands for the field's code in words. */
  readonly says: { readonly nl: string; readonly en: string };
  readonly source: string;
}

export type FactTable<T extends FactType> = { readonly [Each in T]: FactRow<Each> };
