import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { KeysUnavailable, MasterKeyMissing } from './keyErrors';
import type { MasterKeys } from './masterKey';
import { patiently } from './patiently';

const keyBytes = 32;
export const keyIdBytes = 16;

/** A key is used for so long without a question whether it is still there. */
const freshMs = 300_000;
/** While the database does not answer, a key is used for so long. */
const keptMs = 3_600_000;
/** Whoever cannot get a key tries for so long. A workflow task has ten seconds in all. */
const patienceOfKeysMs = 5_000;
/** A database that did not answer is not asked for so long about keys that can be used without it; ours. */
const notAskedMs = 5_000;
/** The keys that are kept in memory, each under its reference and under its id; about 300 bytes each; ours. */
const namesKept = 40_000;

/** The key of one case, ready for use. */
export interface CaseKey {
  readonly keyId: Buffer;
  readonly reference: string;
  readonly key: Buffer;
}

/** The key of a case as the store keeps it. */
export interface KeyRow {
  readonly keyId: Buffer;
  readonly reference: string;
  readonly office: string;
  readonly wrapped: Buffer;
  readonly masterKey: string;
}

/** The table of keys, as far as it is needed here. A rejection means that the table does not answer now. */
export interface KeyRows {
  /** Adds a row, unless the reference has one. Answers the row that stands. */
  add(row: KeyRow): Promise<KeyRow>;
  ofReferences(references: readonly string[]): Promise<readonly KeyRow[]>;
  ofKeyIds(keyIds: readonly Buffer[]): Promise<readonly KeyRow[]>;
}

/** The keys of the cases. A call rejects with `KeysUnavailable` if nobody can say now. */
export interface CaseKeys {
  /** Makes the key of a case, unless it has one. */
  make(reference: string, office: string): Promise<void>;
  /** The key of a case; undefined if it has none. */
  ofReference(reference: string): Promise<CaseKey | undefined>;
  /** The key with each of these ids, in one question; `not-now` where nobody can say. Never rejects. */
  ofKeyIds(keyIds: readonly Buffer[]): Promise<readonly (CaseKey | 'no-key' | 'not-now')[]>;
  /** Asks for the keys of many cases in one question, before they are needed one by one. Passes over a case whose master key is missing. */
  prefetch(references: readonly string[]): Promise<void>;
}

interface Settings {
  readonly rows: KeyRows;
  readonly masterKeys: MasterKeys;
  /** Milliseconds that only go forward; left out, the machine's. */
  readonly clock?: (() => number) | undefined;
  readonly patienceMs?: number | undefined;
}

/** A way to ask for keys: by the reference of a case, or by the id of a key. */
interface Way {
  readonly ask: (names: readonly string[]) => Promise<readonly KeyRow[]>;
  readonly nameOf: (key: Pick<CaseKey, 'reference' | 'keyId'>) => string;
}

interface Kept {
  readonly key: CaseKey;
  readonly since: number;
}

/** The keys of the cases, from the store, kept in memory for a while. */
export function caseKeysOf({ rows, masterKeys, clock = () => performance.now(), patienceMs = patienceOfKeysMs }: Settings): CaseKeys {
  const byReference: Way = { ask: (names) => rows.ofReferences(names), nameOf: ({ reference }) => reference };
  const byKeyId: Way = {
    ask: (names) => rows.ofKeyIds(names.map((name) => Buffer.from(name, 'hex'))),
    nameOf: ({ keyId }) => keyId.toString('hex'),
  };
  const kept = new LRUCache<string, Kept>({ max: namesKept });
  const questions = new Map<string, Promise<CaseKey | undefined>>();
  let awayUntil = -Infinity;

  /** The kept key that can be used without a question. */
  function usable(name: string): CaseKey | undefined {
    const found = kept.get(name);
    if (found === undefined) return undefined;
    const age = clock() - found.since;
    return age < freshMs || (age < keptMs && clock() < awayUntil) ? found.key : undefined;
  }

  function keep(key: CaseKey): CaseKey {
    for (const { nameOf } of [byReference, byKeyId]) kept.set(nameOf(key), { key, since: clock() });
    return key;
  }

  /** The keys with these names; those that have to be asked for, in one question. */
  async function find(names: readonly string[], way: Way): Promise<readonly PromiseSettledResult<CaseKey | undefined>[]> {
    const unasked = [...new Set(names)].filter((name) => usable(name) === undefined && !questions.has(name));
    if (unasked.length > 0) ask(unasked, way);
    return Promise.allSettled(names.map(async (name) => usable(name) ?? questions.get(name)));
  }

  /** Puts one question for these names. Others who need them meanwhile wait for the same answer. */
  function ask(names: readonly string[], way: Way): void {
    const isReplaceable = names.every((name) => stale(name) !== undefined);
    const answer = answered(names, way, isReplaceable ? 0 : patienceMs);
    for (const name of names) {
      const question = answer
        .then((rows) => settled(name, rows.get(name)))
        .catch((failure: unknown) => staleOr(name, failure))
        .finally(() => questions.delete(name));
      questions.set(name, question);
      // Whoever waits gets the rejection. Without anybody it must not end the process.
      question.catch(() => undefined);
    }
  }

  async function answered(names: readonly string[], way: Way, patience: number): Promise<ReadonlyMap<string, KeyRow>> {
    const found = await patiently(() => way.ask(names), patience).catch((failure: unknown) => {
      awayUntil = clock() + notAskedMs;
      throw failure;
    });
    return new Map(found.map((row) => [way.nameOf(row), row]));
  }

  /** Each row for itself: one that cannot be opened now says nothing of the others, and takes no key out of memory. */
  async function settled(name: string, row: KeyRow | undefined): Promise<CaseKey | undefined> {
    const key = row && (await opened(row));
    if (key !== undefined) return keep(key);
    kept.delete(name);
    return undefined;
  }

  function stale(name: string): CaseKey | undefined {
    const found = kept.get(name);
    return found !== undefined && clock() - found.since < keptMs ? found.key : undefined;
  }

  function staleOr(name: string, failure: unknown): CaseKey {
    const found = stale(name);
    if (found !== undefined) return found;
    throw failure instanceof KeysUnavailable ? failure : new KeysUnavailable(failure);
  }

  /** The key of a row; undefined where the wrap does not open, because somebody damaged it. */
  async function opened({ keyId, reference, wrapped, masterKey }: KeyRow): Promise<CaseKey | undefined> {
    const master = await masterKeys.withId(masterKey);
    if (master === undefined) throw new MasterKeyMissing();
    try {
      return { keyId, reference, key: await master.unwrap(wrapped, reference) };
    } catch (failure) {
      if (failure instanceof KeysUnavailable) throw failure;
      return undefined;
    }
  }

  return {
    async make(reference, office) {
      const master = await masterKeys.first();
      const wrapped = await master.wrap(randomBytes(keyBytes), reference);
      const row = { keyId: randomBytes(keyIdBytes), reference, office, wrapped, masterKey: master.id };
      const standing = await patiently(() => rows.add(row), patienceMs).catch((failure: unknown) => {
        throw new KeysUnavailable(failure);
      });
      const key = await opened(standing);
      if (key !== undefined) keep(key);
    },
    async ofReference(reference) {
      const [answer] = await find([reference], byReference);
      if (answer?.status === 'rejected') throw answer.reason;
      return answer?.value;
    },
    async ofKeyIds(keyIds) {
      const answers = await find(
        keyIds.map((id) => id.toString('hex')),
        byKeyId,
      );
      return answers.map((answer) => (answer.status === 'rejected' ? 'not-now' : (answer.value ?? 'no-key')));
    },
    async prefetch(references) {
      for (const answer of await find(references, byReference))
        if (answer.status === 'rejected' && !(answer.reason instanceof MasterKeyMissing)) throw answer.reason;
    },
  };
}
