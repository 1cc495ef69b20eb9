import { setTimeout as pause } from 'node:timers/promises';
import { StoreAway } from './storeAway';

interface Parts {
  /** Adds lines to the end of the record, all or none. */
  readonly append: (lines: readonly string[], durable: boolean) => Promise<unknown>;
  /** Called with a failure that is not the database being away. */
  readonly failed: (error: unknown) => void;
}

export interface WaitingLines {
  /** Writes all of these lines, or none. */
  readonly write: (lines: readonly object[], how: { readonly durable: boolean }) => Promise<void>;
  /** Tries once more to write the lines that wait. Resolves to the number of those that are lost. */
  readonly stop: () => Promise<number>;
}

/** A call takes no more once it has so many lines; ours. It has to end within its time limit. */
const mostAtOnce = 1_000;
/** The most lines that wait while the database is away, about 5 MB; ours. Beyond them a request is refused. */
const mostWaiting = 10_000;
/** An ordinary request waits so long for its line; ours. */
const patienceMs = 300;
/** A database that is away is tried so often; ours. */
const triedEveryMs = 1_000;

/** The lines of one request. */
interface Queued {
  readonly lines: readonly object[];
  /** The instant of the request. */
  readonly at: string;
  readonly durable: boolean;
  /** The request that waits for its lines; undefined once it goes on without, and only the lines wait. */
  caller: { readonly written: () => void; readonly failed: (error: unknown) => void } | undefined;
}

/**
 * The lines of one process on their way into the record, in one order. The lines that come while a call is under way leave together in the
 * next: all processes wait for one row, and one call for each line would be ten times as slow. While the database is away, ordinary lines
 * wait here and durable ones are refused.
 */
export function waitingLines({ append, failed }: Parts): WaitingLines {
  let queue: Queued[] = [];
  let waiting = 0;
  let isAway = false;
  let isStopping = false;
  let isBusy = false;
  let writing = Promise.resolve();
  let wake = new AbortController();

  /** Until every line is written and the database answers. */
  async function writeAll(): Promise<void> {
    isBusy = true;
    while (queue.length > 0 || isAway) {
      const isWritten = (!isAway || (await answers())) && (await writeTogether(enoughForACall()));
      if (isWritten || !isAway) continue;
      if (isStopping) break;
      wake = new AbortController();
      await pause(triedEveryMs, undefined, { signal: wake.signal, ref: false }).catch(() => undefined);
    }
    isBusy = false;
  }

  /**
   * Whether the database is back. No line is sent to find out: a database that hangs carries a call out later, though nobody waits for it any
   * more, and each try would double the lines.
   */
  const answers = () => writeTogether([]);

  function enoughForACall(): readonly Queued[] {
    let count = 0;
    const last = queue.findIndex(({ lines }) => (count += lines.length) >= mostAtOnce);
    return queue.splice(0, last < 0 ? queue.length : last + 1);
  }

  async function writeTogether(together: readonly Queued[]): Promise<boolean> {
    const impatience = setTimeout(() => goOnWithout(together), patienceMs);
    try {
      await append(
        together.flatMap(textsOf),
        together.some(({ durable }) => durable),
      );
    } catch (error) {
      wentWrong(together, error);
      return false;
    } finally {
      clearTimeout(impatience);
    }
    for (const { caller, lines } of together) {
      if (caller === undefined) waiting -= lines.length;
      else caller.written();
    }
    isAway = waiting > 0;
    return true;
  }

  /** The call may still succeed. Until then the database counts as away, and no ordinary request waits for it. */
  function goOnWithout(underWay: readonly Queued[]): void {
    isAway = true;
    const tooLate = new StoreAway(new Error(`no answer within ${patienceMs} ms`));
    for (const each of underWay) if (!each.durable) isKept(each, tooLate);
    queue = queue.filter((each) => each.durable || isKept(each, tooLate));
  }

  function wentWrong(together: readonly Queued[], error: unknown): void {
    if (error instanceof StoreAway) isAway = true;
    else failed(error);
    const [unwritten, later] = isAway ? [[...together, ...queue], []] : [together, queue];
    queue = [...unwritten.filter((each) => isKept(each, error)), ...later];
  }

  /** Whether lines wait that could not be written. If not, their request is refused. */
  function isKept(queued: Queued, error: unknown): boolean {
    const { caller, durable, lines } = queued;
    if (caller === undefined) return true;
    if (durable || waiting + lines.length > mostWaiting || !(error instanceof StoreAway)) {
      caller.failed(error);
      return false;
    }
    waiting += lines.length;
    queued.caller = undefined;
    caller.written();
    return true;
  }

  return {
    write: (lines, { durable }) =>
      new Promise<void>((written, lost) => {
        const queued: Queued = { lines, at: new Date().toISOString(), durable, caller: { written, failed: lost } };
        if (isAway && !durable && !isKept(queued, new StoreAway(new Error(`${mostWaiting} lines wait`)))) return;
        queue.push(queued);
        if (durable) wake.abort();
        if (!isBusy) writing = writeAll();
      }),
    stop: async () => {
      isStopping = true;
      wake.abort();
      await writing;
      return waiting;
    },
  };
}

/** A line that waited has its own time: the column has the time of appending. */
function textsOf({ lines, at, caller }: Queued): readonly string[] {
  return lines.map((line) => JSON.stringify(caller === undefined ? { ...line, at } : line));
}
