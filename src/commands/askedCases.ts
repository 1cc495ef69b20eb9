import { Client, Connection, QueryRejectedError } from '@temporalio/client';
import { asksLivingRuns, isEnded } from '../casework/temporal/caseCall';
import { engineCalls, noAnswer } from '../casework/temporal/call';
import { Refused } from '../casework/refused';
import { carriedFile, unfolded } from '../domain/case/carriedFile';
import type { CaseFile } from '../domain/case/caseFile';
import { dataConverterFor } from '../privacy/dataConverter';
import { NoCaseKey } from '../privacy/keyErrors';
import type { AskedCase, AskedCases } from '../register/asked';
import { openRuns } from '../releases/openRuns';
import { caseFile, workflowIdOf } from '../workflows/messages';
import type { Closing } from './closing';
import type { OpenedKeys } from './openKeys';

/** A case on a busy worker may take so long to answer; ours. */
const patienceMs = 20_000;

/** A file as any build answers it. */
type Answered = Omit<CaseFile, 'revision'> & { readonly revision?: number };

interface Setting {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly seals: OpenedKeys['seals'];
  readonly identity: string;
}

/** The cases, asked for all that there is of them. */
export async function openCases({ temporal, seals, identity }: Setting, closing: Closing, stopping: AbortSignal): Promise<AskedCases> {
  const connection = await Connection.connect({ address: temporal.address });
  closing.later(() => connection.close());
  const dataConverter = dataConverterFor(seals, 'asking');
  const client = new Client({ connection, namespace: temporal.namespace, identity, dataConverter, ...asksLivingRuns });
  const call = engineCalls(client, { patienceMs, stopping });
  return {
    all: async () => (await openRuns(client)).map(({ reference }) => reference),
    ask: async (reference) => {
      const handle = client.workflow.getHandle(workflowIdOf(reference));
      // A case that changes afterwards has a later time.
      const askedAt = Date.now();
      try {
        return await call(async (): Promise<AskedCase> => {
          try {
            return fileIn(await handle.query(caseFile), askedAt);
          } catch (failure) {
            if (!(failure instanceof QueryRejectedError)) throw failure;
            // A case that passes to its next run rejects a question too.
            if (!isEnded(await handle.describe())) throw noAnswer();
            return 'ended';
          }
        });
      } catch (failure) {
        stopping.throwIfAborted();
        if (failure instanceof Refused) return failure.code === 'not-found' ? 'gone' : 'silent';
        if (failure instanceof NoCaseKey) return 'silent';
        throw failure;
      }
    },
  };
}

/** Folded anew by the rules of today, by which the register is read too. */
function fileIn(answered: Answered, askedAt: number): AskedCase {
  const { revision } = answered;
  const file = { ...answered, revision: revision ?? askedAt };
  return { file: unfolded(carriedFile(file, { withEdition: true }), undefined), isNumbered: revision !== undefined };
}
