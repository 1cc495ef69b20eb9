/* Who gets a letter that cannot be delivered to its addressee: the deputy, the duty mailbox, the supervisor, operations. */

import type { Letter } from '../domain/state/outbox';
import type { Directory } from './directory';

/** The next recipient; null where nobody is left. */
export function nextRecipient(
  { deputyOf, dutyMailboxOf, operations }: Directory,
  { to, triedRecipients }: Pick<Letter, 'to' | 'triedRecipients'>,
  { office, supervisor }: { readonly office: string; readonly supervisor?: string | undefined },
): string | null {
  // The deputy of the first addressee, not of each deputy: a letter must reach a mailbox before it has gone round.
  const chain = [deputyOf(triedRecipients[0] ?? to), dutyMailboxOf(office), supervisor, operations];
  return chain.find((each) => each !== undefined && each !== to && !triedRecipients.includes(each)) ?? null;
}

/** Whether this addressee is the last recipient. */
export function isLastRecipient({ operations }: Directory, to: string, supervisor: string | undefined): boolean {
  return to === supervisor || to === operations;
}
