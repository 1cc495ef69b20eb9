import { randomUUID } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { caseListLine } from '../domain/views/caseList';
import type { Instant } from '../domain/basics/calendar';
import type { Certificate } from '../domain/views/certificate';
import { openCase, type CaseFile, type CaseStart, type FactSubmission } from '../domain/case/caseFile';
import type { CountedSignals, LogEntry } from '../domain/facts/log';
import type { IntakeView } from '../domain/views/intake';
import { pathwayView, type PathwayView } from '../domain/views/pathway';
import type { Caller } from '../domain/basics/roles';
import * as messages from '../workflows/messages';
import { callerOfCases } from './caseGone';
import type { Log } from './deps';
import type { Ask } from './engine';
import { oneAtATime } from './oneAtATime';
import { Problem } from './problems';

export type Pathways = ReturnType<typeof pathwaysOf>;

/** The cases, behind our own verbs. Each is one call of the engine, unless the case does not answer. */
export function pathwaysOf(client: Client, ask: Ask, log: Log) {
  const inLine = oneAtATime();
  const calling = callerOfCases(client, ask, log);
  const caseOf = (reference: string) => client.workflow.getHandle(messages.workflowIdOf(reference));

  async function asked<Answer, Args extends unknown[]>(
    reference: string,
    by: Caller,
    question: QueryDefinition<Answer, Args>,
    ...args: Args
  ): Promise<Answer> {
    return calling(reference, by, () => caseOf(reference).query(question, ...args));
  }

  async function begin(start: CaseStart): Promise<CaseFile | 'begun before'> {
    const file = openCase(start);
    const line = caseListLine(file, start.registeredAt);
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
      const file = begun === 'begun before' ? await asked(start.reference, by, messages.caseFile) : begun;
      if (file.start.bodyHash !== start.bodyHash) throw new Problem('idempotency-key-reused');
      return pathwayView(file, start.registeredAt, by, 'en');
    },

    /** The pathway as the caller may see it. */
    async find(reference: string, asking: Asking): Promise<PathwayView> {
      return seen(await asked(reference, asking.caller, messages.pathway, asking));
    },

    /** What the case began with, for its team. */
    async intake(reference: string, caller: Caller): Promise<IntakeView> {
      const intake = seen(await asked(reference, caller, messages.intake, { caller }));
      if (intake === 'role-not-allowed') throw new Problem(intake, { detail: 'The intake is for the team of the case.' });
      return intake;
    },

    /** One deadline explained. */
    async certificate(reference: string, { deadline, ...asking }: Asking & { readonly deadline: string }): Promise<Certificate> {
      const certificate = await asked(reference, asking.caller, messages.certificate, { ...asking, deadline });
      if (certificate !== null) return certificate;
      // A case answers so as well where it is hidden; the pathway itself tells which of the two it is.
      seen(await asked(reference, asking.caller, messages.pathway, asking));
      throw new Problem('not-found', { detail: 'This pathway has no such deadline.' });
    },

    /** Everything that was told of the case, in the order in which it arrived. */
    async timeline(reference: string, caller: Caller): Promise<readonly (LogEntry | CountedSignals)[]> {
      return seen(await asked(reference, caller, messages.entries, { caller }));
    },

    /**
     * Tells a fact; the answer is the pathway as it is then. One at a time of a case: the engine hears ten at once, and with forty
     * it and they would do nothing but send each other away. Tried again it has the same id: a run that recorded it answers once more,
     * and to a later run it is a repeat by its key.
     */
    async record(reference: string, telling: FactSubmission): Promise<PathwayView> {
      const updateId = randomUUID();
      const tell = () => caseOf(reference).executeUpdate(messages.recordFact, { args: [telling], updateId });
      return calling(reference, telling.by, (enough) =>
        inLine(reference, async () => {
          // Its turn may come when nobody waits for it any longer.
          enough.throwIfAborted();
          return tell();
        }),
      );
    },
  };
}

/** Null is how a case answers whom it is hidden from; to the caller it does not exist. */
function seen<T>(answer: T | null): T {
  if (answer === null) throw new Problem('not-found');
  return answer;
}

interface Asking {
  readonly caller: Caller;
  readonly now: Instant;
}
