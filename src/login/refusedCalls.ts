/** The most addresses and callers that are counted apart; ours. All others are counted together. */
const mostApart = 1_000;
const everyMs = 60_000;

/** A request that was refused before anything was asked. */
export interface RefusedCall {
  /** `login`: a token that does not count. `call`: a request beyond the caller's limit. */
  readonly did: 'login' | 'call';
  /** The caller, where the token counts. */
  readonly who?: string | undefined;
  /** The address of a caller who is not known. */
  readonly from?: string | undefined;
  readonly status: number;
}

/** Such requests in the record of who did what: one line a minute, with their number. */
export interface CountLine extends RefusedCall {
  readonly purpose: 'security';
  readonly outcome: 'refused';
  readonly times: number;
}

/** Writes a line of the record, and rejects if it is not written. */
type Write = (line: CountLine, how: { readonly durable: boolean }) => Promise<void>;

/** Counts the requests that are refused before anything is asked. */
export interface RefusedCalls {
  count(refused: RefusedCall): void;
  /** Writes what was counted. */
  stop(): Promise<void>;
}

/** One line a minute for each address with bad tokens and each caller beyond the limit: a flood of requests is no flood of lines. */
export function refusedCalls(record: { readonly write: Write }): RefusedCalls {
  let counted = new Map<string, CountLine>();

  function add(refused: RefusedCall, times: number): void {
    const isApart = counted.has(JSON.stringify(refused)) || counted.size < mostApart;
    const line = isApart ? refused : { did: refused.did, status: refused.status };
    const key = JSON.stringify(line);
    counted.set(key, { ...line, purpose: 'security', outcome: 'refused', times: times + (counted.get(key)?.times ?? 0) });
  }

  async function writeCounts(): Promise<void> {
    const lines = [...counted.values()];
    counted = new Map();
    await Promise.all(
      lines.map(async ({ times, purpose, outcome, ...line }) => {
        // What is not written now is written with the next minute's.
        await record.write({ ...line, purpose, outcome, times }, { durable: false }).catch(() => {
          add(line, times);
        });
      }),
    );
  }

  const timer = setInterval(() => void writeCounts(), everyMs).unref();
  return {
    count: (refused) => add(refused, 1),
    stop: async () => {
      clearInterval(timer);
      await writeCounts();
    },
  };
}
