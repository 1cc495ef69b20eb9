import { setTimeout as pause } from 'node:timers/promises';
import type { CaseRegister } from '../casework/ports/caseRegister';
import type { RegisterLag } from '../casework/ports/readiness';
import { KeysUnavailable, MasterKeyMissing } from '../privacy/keyErrors';
import { StoreAway } from '../store/storeAway';
import { OwedChanges } from './owedChanges';
import type { Register } from './register';

/** The time that a request waits for the register; ours. Then the case itself is asked, or writes itself. */
const patienceMs = 300;
/** The register is asked again so long after the database is back: the cases have written by then what was told meanwhile (effects.ts). */
const settledAfterMs = 15_000;
/** A database that is away is tried so often; ours. */
const triedEveryMs = 1_000;
/** The most cases of one question for the lag; ours. The others are asked for once these are there. */
const mostAtOnce = 1_000;

interface Parts {
  readonly register: Pick<Register, 'read' | 'write' | 'revisionsOf'>;
  /** Resolves if the database answers now. */
  readonly answers: () => Promise<void>;
  /** Called with a failure that is not the database being away. */
  readonly failed: (error: unknown) => void;
  /** Left out, 15 seconds. */
  readonly settlesWithinMs?: number | undefined;
}

export interface OpenCaseRegister extends CaseRegister {
  /** How far the register is behind, as far as this process knows. Asks it, if it answers, which changes have come. */
  lag(): Promise<RegisterLag>;
  stop(): void;
}

/** The register for a process that answers requests: it never waits long for a database, and trusts one that was away only when cases have caught up. */
export function caseRegister({ register, answers, failed, settlesWithinMs = settledAfterMs }: Parts): OpenCaseRegister {
  const stopping = new AbortController();
  const owed = new OwedChanges();
  let isAway = false;
  let trustedFrom = 0;

  async function untilBack(): Promise<void> {
    while (isAway) {
      await pause(triedEveryMs, undefined, { signal: stopping.signal, ref: false });
      if (!(await isThere(triedEveryMs))) continue;
      trustedFrom = performance.now() + settlesWithinMs;
      isAway = false;
    }
  }

  async function wentWrong(error: unknown): Promise<void> {
    if (!isOfTheDatabase(error)) {
      failed(error);
      return;
    }
    // One row may be locked for a moment: a database that answers another question is there for all other cases.
    if (isAway || (error instanceof TookTooLong && (await isThere(patienceMs)))) return;
    isAway = true;
    untilBack().catch(() => undefined);
  }

  async function isThere(ms: number): Promise<boolean> {
    return within(ms, answers()).then(
      () => true,
      () => false,
    );
  }

  /** What the register says in time; undefined where it does not. */
  async function said<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await within(patienceMs, ask());
    } catch (error) {
      await wentWrong(error);
      return undefined;
    }
  }

  return {
    async read(reference) {
      if (isAway || performance.now() < trustedFrom) return undefined;
      const found = await said(() => register.read(reference));
      if (found !== undefined) owed.arrived(reference, found.file.revision);
      // The case has told somebody that it will write something newer.
      const isOld = found !== undefined && owed.isNewerThan(reference, found.file.revision);
      return found?.isEnded === false && !isOld ? found.file : undefined;
    },
    async write(written) {
      const { start, revision } = written.file;
      const isWritten = !isAway && (await said(() => register.write(written))) !== undefined;
      if (isWritten) owed.arrived(start.reference, revision);
      else owed.takenOver(start.reference, revision);
      return isWritten;
    },
    takenOver: (reference, revision) => owed.takenOver(reference, revision),
    async lag() {
      const oldest = owed.oldest(mostAtOnce);
      if (oldest.length > 0 && !isAway) {
        const revisions = await said(() => register.revisionsOf(oldest));
        for (const [reference, revision] of revisions ?? []) owed.arrived(reference, revision);
      }
      return owed.lag();
    },
    stop: () => stopping.abort(),
  };
}

class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

function isOfTheDatabase(error: unknown): boolean {
  // A master key that this process was not given concerns the cases under it alone.
  if (error instanceof MasterKeyMissing) return false;
  return error instanceof TookTooLong || error instanceof StoreAway || error instanceof KeysUnavailable;
}

/**
 * The result, if it comes in time. A call that comes later is left to itself: of two writes the newest stands. A process that was busy itself
 * reads the answers that lie there before it counts them as late.
 */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(() => reject(new TookTooLong())), ms);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
