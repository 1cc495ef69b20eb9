import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { NoCaseKey } from '../../privacy/keyErrors';
import { workflowIdOf } from '../../workflows/messages';
import type { CaseKeys } from '../ports/caseKeys';
import type { CallCase } from './caseCall';

/** The keys of the cases, as far as the engine needs them. */
export interface EngineKeys {
  make(reference: string, office: string): Promise<void>;
  ofReference(reference: string): Promise<unknown>;
}

/**
 * Makes the key of a case that the engine does not have yet. A second key for a case whose key was taken away would stand in the place of the
 * right one. Nothing but the engine tells the two apart, so each intake costs this call of it. It comes before the look at the key: the same
 * intake may be making both at the same time.
 */
export function temporalCaseKeys(client: Client, callCase: CallCase, keys: EngineKeys): CaseKeys {
  async function isBegun(reference: string): Promise<boolean> {
    try {
      await client.workflow.getHandle(workflowIdOf(reference)).describe();
      return true;
    } catch (failure) {
      if (failure instanceof WorkflowNotFoundError) return false;
      throw failure;
    }
  }

  return {
    make: (reference, office, by) =>
      callCase(reference, by, async () => {
        if (!(await isBegun(reference))) await keys.make(reference, office);
        else if ((await keys.ofReference(reference)) === undefined) throw new NoCaseKey();
      }),
  };
}
