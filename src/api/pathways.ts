import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { boardLine } from '../domain/board';
import type { Instant } from '../domain/calendar';
import type { Certificate } from '../domain/certificate';
import { openCase, type CaseFile, type CaseStart, type Telling } from '../domain/caseFile';
import type { IntakeView } from '../domain/intakeView';
import { pathwayView, type PathwayView } from '../domain/pathwayView';
import type { Caller } from '../domain/people';
import * as messages from '../workflows/messages';
import type { Ask } from './engine';
import { oneAtATime } from './oneAtATime';
import { Problem } from './problems';

export type Pathways = ReturnType<typeof pathwaysOf>;

/** The cases, behind our own verbs. Each is one call of the engine. */
export function pathwaysOf(client: Client, ask: Ask) {
  const inLine = oneAtATime();
  const caseOf = (reference: string) => client.workflow.getHandle(messages.workflowIdOf(reference));

  async function begin(start: CaseStart): Promise<CaseFile | 'begun before'> {
    const file = openCase(start);
    const line = boardLine(file, start.registeredAt);
    try {
      await client.workflow.start(messages.workflowType, {
        workflowId: messages.workflowIdOf(start.reference),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        taskQueue: messages.pathwayQueue,
        args: [{ version: 1, start } satisfies messages.PathwayStart],
        typedSearchAttributes: messages.attributesOf(line),
        memo: { since: file.situation.since },
        staticSummary: `A pathway of the office ${start.office}`,
      });
      return file;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return 'begun before';
      throw error;
    }
  }

  return {
    /** Begins a case, or finds the one that the same request began before. */
    async open(start: CaseStart, by: Caller): Promise<PathwayView> {
      const begun = await ask(() => begin(start));
      const file = begun === 'begun before' ? await ask(() => caseOf(start.reference).query(messages.caseFile)) : begun;
      if (file.start.bodyHash !== start.bodyHash) throw new Problem('idempotency-key-reused');
      return pathwayView(file, start.registeredAt, by);
    },

    /** The pathway as the caller may see it. */
    async find(reference: string, asked: { caller: Caller; now: Instant }): Promise<PathwayView> {
      return seen(await ask(() => caseOf(reference).query(messages.pathway, asked)));
    },

    /** What the case began with, for its team. */
    async intake(reference: string, caller: Caller): Promise<IntakeView> {
      const intake = seen(await ask(() => caseOf(reference).query(messages.intake, { caller })));
      if (intake === 'role-not-allowed') throw new Problem(intake, { detail: 'The intake is for the team of the case.' });
      return intake;
    },

    /** One deadline explained. */
    async certificate(reference: string, asked: { caller: Caller; now: Instant; deadline: string }): Promise<Certificate> {
      const certificate = await ask(() => caseOf(reference).query(messages.certificate, asked));
      return seen(certificate, 'There is no such pathway, or none of its deadlines has this id.');
    },

    /** Everything that was told of the case, in the order in which it arrived. */
    async timeline(reference: string, caller: Caller): Promise<CaseFile['entries']> {
      return seen(await ask(() => caseOf(reference).query(messages.entries, { caller })));
    },

    /**
     * Tells a fact; the answer is the pathway as it is then. One at a time of a case: the engine hears ten at once, and with forty
     * it and they would do nothing but send each other away.
     */
    async record(reference: string, telling: Telling): Promise<PathwayView> {
      const tell = () => caseOf(reference).executeUpdate(messages.recordFact, { args: [telling] });
      return ask(() => inLine(reference, tell));
    },
  };
}

/** Null is how a case answers whom it is hidden from; to the caller it does not exist. */
function seen<T>(answer: T | null, detail?: string): T {
  if (answer === null) throw new Problem('not-found', { detail });
  return answer;
}
