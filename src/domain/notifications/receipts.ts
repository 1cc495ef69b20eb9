import type { Instant } from '../basics/calendar';
import type { Letter, Outbox, Receipt } from '../state/outbox';

/** So many mails about deadlines a case remembers, the last ones; ours. A deadline has some thirty in its life. */
const mostKept = 2_000;

/** With the proof of what a letter that arrived, or was refused for good, said of deadlines. That the same was refused again proves nothing more. */
export function withReceipts(
  proof: Outbox['receipts'],
  { items, to }: Letter,
  outcome: Receipt['outcome'],
  { deadlines, now }: { readonly deadlines: ReadonlySet<string>; readonly now: Instant },
): Outbox['receipts'] {
  const said = items.filter(({ about, step }) => deadlines.has(about) && !(outcome === 'refused' && isRefused(proof[about], step, to)));
  if (said.length === 0) return proof;
  const all = { ...proof };
  for (const { about, step } of said) all[about] = [...(all[about] ?? []), { step, to, outcome, at: now }];
  return lastOf(all);
}

function isRefused(tries: readonly Receipt[] = [], step: Receipt['step'], to: string): boolean {
  return tries.some((each) => each.outcome === 'refused' && each.step === step && each.to === to);
}

function lastOf(proof: Outbox['receipts']): Outbox['receipts'] {
  const each = Object.entries(proof).flatMap(([about, tries]) => tries.map((one) => ({ about, one })));
  if (each.length <= mostKept) return proof;
  const last = each.sort((one, other) => (one.one.at < other.one.at ? -1 : 1)).slice(-mostKept);
  const kept: Record<string, Receipt[]> = {};
  for (const { about, one } of last) (kept[about] ??= []).push(one);
  return kept;
}
