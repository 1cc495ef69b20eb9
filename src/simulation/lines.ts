import { dateOf, timeOf, type Instant, type PlainDate } from '../domain/basics/calendar';
import type { Item, MailClass } from '../domain/state/outbox';
import type { Stage } from '../domain/state/situation';
import { alarmName, itemName, mailClassName, stageName } from '../domain/words';

/** An event of a simulation. `simulate --json` prints it without `says`, one object a line (docs/http.md, lines). */
export type Line =
  | { readonly at: Instant; readonly kind: 'stage'; readonly stage: Stage }
  | { readonly at: Instant; readonly kind: 'fact'; readonly type: string; readonly on: PlainDate; readonly says: string }
  | {
      readonly at: Instant;
      readonly kind: 'refused';
      readonly type: string;
      readonly code: string;
      readonly missing: readonly string[];
      readonly says: string;
    }
  | { readonly at: Instant; readonly kind: 'notice'; readonly partner: string; readonly notice: string }
  | {
      readonly at: Instant;
      readonly kind: 'mail';
      readonly to: string;
      readonly class: MailClass;
      readonly items: readonly Pick<Item, 'about' | 'step'>[];
      readonly subject: string;
    }
  | {
      readonly at: Instant;
      readonly kind: 'end';
      readonly reference: string;
      readonly stage: Stage;
      readonly result: string | null;
      readonly historyEvents: number;
      readonly historyBytes: number;
    };

/**
 * Sorts lines by time. Within a minute, stages and facts come before the mail and notices that they cause; alarms come before digests,
 * sorted by recipient. The mail of one minute is accepted in any order, and this order is the same every time.
 */
export function inOrder(lines: readonly Line[]): Line[] {
  // The sort is stable: facts of one minute keep the order in which they were recorded.
  return [...lines].sort(
    (one, other) =>
      compare(one.at, other.at) ||
      rank(one) - rank(other) ||
      compare(recipient(one), recipient(other)) ||
      compare(content(one), content(other)),
  );
}

/** A line as JSON, for scripts. */
export function asJson(line: Line): string {
  return JSON.stringify(line, (key, value: unknown) => (key === 'says' ? undefined : value));
}

/** A line as a sentence, for people. */
export function asText(line: Line): string {
  return `${dateOf(line.at)} ${timeOf(line.at)}  ${words(line)}`;
}

function words(line: Line): string {
  switch (line.kind) {
    case 'stage':
      return `== ${stageName(line.stage, 'en')} ==`;
    case 'fact':
      return `recorded: ${line.says}`;
    case 'refused':
      return `refused (${line.code}): ${line.says}${line.missing.length > 0 ? ` Missing: ${line.missing.join(', ')}.` : ''}`;
    case 'notice':
      return `notice to ${line.partner}: ${itemName(line.notice, 'en')}`;
    case 'mail':
      return `mail (${mailClassName(line.class, 'en')}) to ${line.to}: ${itemsInWords(line.items)}`;
    case 'end':
      return `end: ${line.reference} is in the stage "${stageName(line.stage, 'en')}"${line.result === null ? '' : ` with the result ${line.result}`}; ${line.historyEvents} events, ${line.historyBytes} bytes of history`;
  }
}

function itemsInWords(items: readonly Pick<Item, 'about' | 'step'>[]): string {
  const steps = [...new Set(items.map(({ step }) => step))];
  const about = (of: string) =>
    items.filter(({ step }) => step === of).map((item) => (of === 'alarm' ? alarmName : itemName)(item.about, 'en'));
  return steps.map((step) => `${step}: ${about(step).join(', ')}`).join('; ');
}

function rank(line: Line): number {
  if (line.kind === 'mail') return line.class === 'alarm' ? 4 : 5;
  return { stage: 1, fact: 2, refused: 2, notice: 3, end: 6 }[line.kind];
}

function recipient(line: Line): string {
  if (line.kind === 'mail') return line.to;
  return line.kind === 'notice' ? line.partner : '';
}

function content(line: Line): string {
  if (line.kind === 'mail') return JSON.stringify(line.items);
  return line.kind === 'notice' ? line.notice : '';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
