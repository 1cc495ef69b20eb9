/* The receipts of mails about deadlines: a record that people were reminded, or could not be. */

import type { Instant } from '../basics/calendar';
import type { Letter, Outbox, Receipt } from '../state/outbox';

/** The number of mails about deadlines that a case remembers, the last ones. Our own figure: a deadline has some thirty in its life. */
const mostKept = 2_000;

/** The receipts, with those for the deadlines in a letter that was delivered or refused for good. A repeated refusal adds nothing. */
export function withReceipts(
  receipts: Outbox['receipts'],
  { items, to }: Letter,
  outcome: Receipt['outcome'],
  { deadlines, now }: { readonly deadlines: ReadonlySet<string>; readonly now: Instant },
): Outbox['receipts'] {
  const added = items.filter(({ about, step }) => deadlines.has(about) && !(outcome === 'refused' && isRefused(receipts[about], step, to)));
  if (added.length === 0) return receipts;
  const all = { ...receipts };
  for (const { about, step } of added) all[about] = [...(all[about] ?? []), { step, to, outcome, at: now }];
  return lastOf(all);
}

function isRefused(tries: readonly Receipt[] = [], step: Receipt['step'], to: string): boolean {
  return tries.some((each) => each.outcome === 'refused' && each.step === step && each.to === to);
}

function lastOf(receipts: Outbox['receipts']): Outbox['receipts'] {
  const each = Object.entries(receipts).flatMap(([about, tries]) => tries.map((one) => ({ about, one })));
  if (each.length <= mostKept) return receipts;
  const last = each.sort((one, other) => (one.one.at < other.one.at ? -1 : 1)).slice(-mostKept);
  const kept: Record<string, Receipt[]> = {};
  for (const { about, one } of last) (kept[about] ??= []).push(one);
  return kept;
}
