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
    entered: [...situation.entered, { stage, by: because.fact }],
    proposal: proposalAfter(situation),
    // Nobody leaves on a declaration made before the return was stopped.
    journey: noJourney,
  };
}

/** A proposal is about the stage in which it was made. One of the three months outlasts their silent end, for news that comes late. */
function proposalAfter({ proposal, period }: Situation): Situation['proposal'] {
  return proposal?.madeIn === 'reflection' && period?.end === 'expired' ? proposal : null;
}

/** To come back to where contact was lost or the case was closed is not to enter it anew: the stage before it stays the one it was. */
function resumes({ stage: from, stagesBefore }: Situation, stage: Stage): boolean {
  return (from === 'contactLost' || from === 'closed') && stagesBefore[from] === stage;
}
