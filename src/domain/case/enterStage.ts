/* The change of a situation from one stage to another. */

import { noJourney, type Situation, type Stage } from '../state/situation';

/** The situation in a stage, and why; the same situation if it is in that stage already. */
export function enterStage(situation: Situation, stage: Stage, because: Situation['because']): Situation {
  if (stage === situation.stage) return situation;
  return {
    ...situation,
    stage,
    since: because.on,
    because,
    stagesBefore: resumes(situation, stage) ? situation.stagesBefore : { ...situation.stagesBefore, [stage]: situation.stage },
    entered: [...situation.entered, { stage, by: because.fact, on: because.on, at: situation.asOf }],
    proposal: proposalAfter(situation),
    // Nobody leaves on a declaration made before the return was stopped.
    journey: noJourney,
  };
}

/** A proposal belongs to the stage in which it was made. A proposal of the three months outlasts their silent end, for late news. */
function proposalAfter({ proposal, period }: Situation): Situation['proposal'] {
  return proposal?.madeIn === 'reflection' && period?.end === 'expired' ? proposal : null;
}

/** Whether the case comes back to the stage in which contact was lost or the case was closed. The stage before that one then stays. */
function resumes({ stage: from, stagesBefore }: Situation, stage: Stage): boolean {
  return (from === 'contactLost' || from === 'closed') && stagesBefore[from] === stage;
}
