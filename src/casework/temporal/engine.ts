import type { Client } from '@temporalio/client';
import type { Log } from '../installation';
import type { CaseKeys } from '../ports/caseKeys';
import type { Cases } from '../ports/pathways';
import type { Readiness } from '../ports/readiness';
import { engineCalls, inOneTime } from './call';
import { caseCalls } from './caseCall';
import { temporalCaseKeys, type EngineKeys } from './caseKeys';
import { temporalPathways } from './pathways';
import { temporalReadiness } from './readiness';

export interface EngineDeps {
  /** With our data converter, `triedOnce` and `asksLivingRuns`. */
  readonly client: Client;
  /** The keys of the cases, of which our data converter has the same. */
  readonly keys: EngineKeys;
  readonly log: Log;
  /** Milliseconds since 1970; left out, the machine's clock. */
  readonly clock?: (() => number) | undefined;
  /** How long a caller waits for the engine; left out, ten seconds. */
  readonly patienceMs?: number | undefined;
  /** Aborted when the service stops: every caller who still waits for the engine is refused at once. */
  readonly stopping?: AbortSignal | undefined;
}

interface Engine {
  readonly caseKeys: CaseKeys;
  readonly cases: Cases;
  readonly readiness: () => Promise<Readiness>;
}

/** The part of the patience that is for asking the engine whose case it is that does not answer: one of ten seconds; ours. */
const shareForVisibility = 0.1;
/** A probe of readiness waits no longer; ours. */
const probePatienceMs = 3_000;

/** The ports of casework, over Temporal. */
export function temporalEngine({ client, keys, log, clock = Date.now, patienceMs = 10_000, stopping }: EngineDeps): Engine {
  const callEngine = engineCalls(client, { patienceMs, stopping });
  const probe = engineCalls(client, { patienceMs: Math.min(patienceMs, probePatienceMs), stopping });
  const visibilityKnownWithinMs = patienceMs * shareForVisibility;
  const callCase = caseCalls(client, {
    callEngine: engineCalls(client, { patienceMs: patienceMs - visibilityKnownWithinMs, stopping }),
    ...{ patienceMs, visibilityKnownWithinMs, log },
  });
  return {
    caseKeys: temporalCaseKeys(client, callCase, keys),
    cases: { ...temporalPathways(client, callEngine, callCase), inOneTime: (work) => inOneTime(patienceMs, work) },
    readiness: temporalReadiness(client, probe, clock),
  };
}
