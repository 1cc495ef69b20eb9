import type { Audit, CountLine } from '../../casework/ports/audit';

/** The most addresses and callers that are counted apart; ours. All others are counted together. */
const mostApart = 1_000;
const everyMs = 60_000;

type Refused = Omit<CountLine, 'times' | 'purpose' | 'outcome'>;

/** Counts the requests that are refused before anything is asked. */
export interface RefusedAtTheDoor {
  count(refused: Refused): void;
  /** Writes what was counted. */
  stop(): Promise<void>;
}

/** One line a minute for each address with bad tokens and each caller beyond the limit: a flood of requests is no flood of lines. */
export function refusedAtTheDoor(audit: Pick<Audit, 'write'>): RefusedAtTheDoor {
  let counted = new Map<string, CountLine>();

  function add(refused: Refused, times: number): void {
    const isApart = counted.has(JSON.stringify(refused)) || counted.size < mostApart;
    const line = isApart ? refused : { did: refused.did, status: refused.status };
    const key = JSON.stringify(line);
    counted.set(key, { ...line, purpose: 'security', outcome: 'refused', times: times + (counted.get(key)?.times ?? 0) });
  }

  async function write(): Promise<void> {
    const lines = [...counted.values()];
    counted = new Map();
    await Promise.all(
      lines.map(async ({ times, purpose, outcome, ...line }) => {
        // What is not written now is written with the next minute's.
        await audit.write({ ...line, purpose, outcome, times }, { durable: false }).catch(() => {
          add(line, times);
        });
      }),
    );
  }

  const timer = setInterval(() => void write(), everyMs).unref();
  return {
    count: (refused) => add(refused, 1),
    stop: async () => {
      clearInterval(timer);
      await write();
    },
  };
}
