import { setTimeout as pause } from 'node:timers/promises';
import type { Readiness } from '../casework/ports/readiness';
import { openStages } from '../domain/state/situation';
import type { NumbersTable } from '../store/numbers';
import { catalogue } from './catalogue';
import type { Meters } from './meters';

/** The numbers are read so often, which is often enough for a scrape each minute; ours. */
const observedEachMs = 15_000;

/** What the engine counts. */
export interface EngineNumbers {
  /** Mails and notices that no worker has taken yet. */
  readonly mailOrders: number;
  readonly oldestMailSeconds: number;
  /** Cases that should have woken, and did not. */
  readonly missedWakes: number;
}

interface Parts {
  readonly readiness: () => Promise<Readiness>;
  readonly engine: () => Promise<EngineNumbers>;
  readonly numbers: NumbersTable;
  /** The offices that are shown also while they have no case. */
  readonly offices: readonly string[];
  readonly meters: Meters;
  /** Called when a source cannot be read any more: once, until it was read again. */
  readonly failed: (source: Source, error: unknown) => void;
}

type Source = (typeof catalogue)['pathways_observed_timestamp_seconds']['labels']['source'][number];

/** Reads the numbers that no event tells, at once and at intervals. While a source is away its numbers stay, and their time tells so. */
export function observing(parts: Parts): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const look = lookingAt(parts);
  const watching = repeated(look, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}

async function repeated(look: () => Promise<void>, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    await look();
    await pause(observedEachMs, undefined, { signal: stopping, ref: false }).catch(() => undefined);
  }
}

/** One look at both sources. A source that is away keeps nobody from the other. */
export function lookingAt({ readiness, engine, numbers, offices, meters, failed }: Parts): () => Promise<void> {
  const observers = { engine: observerOfEngine(readiness, engine, meters), register: observerOfRegister(numbers, offices, meters) };
  const away = new Set<Source>();
  const lookAt = async (source: Source) => {
    try {
      await observers[source]();
      away.delete(source);
      meters.measure('pathways_observed_timestamp_seconds', Date.now() / 1_000, { source });
    } catch (error) {
      if (!away.has(source)) failed(source, error);
      away.add(source);
    }
  };
  return async () => {
    await Promise.all(catalogue.pathways_observed_timestamp_seconds.labels.source.map(lookAt));
  };
}

function observerOfEngine(readiness: Parts['readiness'], engine: Parts['engine'], { measure }: Meters): () => Promise<void> {
  return async () => {
    const { parts, cases, register } = await readiness();
    for (const part of catalogue.pathways_part_up.labels.part)
      if (parts[part] !== undefined) measure('pathways_part_up', parts[part] === 'up' ? 1 : 0, { part });
    measure('pathways_register_waiting_cases', register?.waiting ?? 0, {});
    measure('pathways_register_oldest_change_seconds', register?.oldestSeconds ?? 0, {});
    if (cases !== undefined)
      for (const state of catalogue.pathways_stopped_cases.labels.state) measure('pathways_stopped_cases', cases[state], { state });
    const { mailOrders, oldestMailSeconds, missedWakes } = await engine();
    measure('pathways_mail_orders_waiting', mailOrders, {});
    measure('pathways_mail_oldest_order_seconds', oldestMailSeconds, {});
    measure('pathways_missed_wakes', missedWakes, {});
  };
}

function observerOfRegister(numbers: NumbersTable, known: readonly string[], { measure }: Meters): () => Promise<void> {
  const offices = new Set(known);
  return async () => {
    const [open, comparison] = await Promise.all([numbers.openCases(), numbers.lastComparison()]);
    for (const { office } of open) offices.add(office);
    for (const office of offices) {
      const ofOffice = open.filter((each) => each.office === office);
      // A gauge that is not set keeps its last number, also after the last case has gone.
      for (const stage of openStages)
        measure('pathways_open_cases', ofOffice.find((each) => each.stage === stage)?.cases ?? 0, { stage, office });
      const unreached = ofOffice.reduce((sum, each) => sum + each.unreached, 0);
      measure('pathways_unreached_recipients', unreached, { office });
    }
    if (comparison !== undefined) {
      measure('pathways_comparison_cases', comparison.cases, {});
      measure('pathways_comparison_differing_cases', comparison.differing, {});
      measure('pathways_comparison_timestamp_seconds', comparison.at.getTime() / 1_000, {});
    }
  };
}
