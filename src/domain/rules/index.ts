/* The table of facts, put together from the files of this room. */

import { aftercareFacts } from './aftercare';
import { criminalCaseFacts } from './criminalCase';
import { correctionFacts } from './corrected';
import { departureFacts } from './departure';
import { dublinFacts } from './dublin';
import { decisionFacts } from './decision';
import { everyStageFacts } from './everyStage';
import type { FactType } from '../facts/catalogue';
import { intakeFacts } from './intake';
import { permitFacts } from './permit';
import { reflectionFacts } from './reflection';
import { remedyFacts } from './remedies';
import { safeReturnFacts } from './safeReturn';
import type { FactRow, FactTable } from './row';

const table = {
  ...intakeFacts,
  ...reflectionFacts,
  ...decisionFacts,
  ...permitFacts,
  ...remedyFacts,
  ...dublinFacts,
  ...departureFacts,
  ...criminalCaseFacts,
  ...safeReturnFacts,
  ...aftercareFacts,
  ...everyStageFacts,
  ...correctionFacts,
} satisfies FactTable;

/** THE TABLE OF FACTS, whole. */
export const facts: FactTable = table;

/** The facts that may raise an alarm: each needs a name in `words/names.ts`. */
export type AlarmingFact = { [T in FactType]: 'alarms' extends keyof (typeof table)[T] ? T : never }[FactType];

/** The row of a fact, as one that takes any fact: the caller has looked it up by the fact's own type. */
export function rowOf(type: FactType): FactRow<FactType> {
  return facts[type] as unknown as FactRow<FactType>;
}
