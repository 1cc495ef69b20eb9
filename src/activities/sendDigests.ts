import { letterText, serviceName } from '../domain/letters';
import { dateOf, type Instant } from '../domain/calendar';
import { isOfAKind, type Letter, type Outcome } from '../domain/post';
import type { Directory } from './directory';
import { linkTo, mailId, masked, triedAt, codesOf } from './envelope';
import type { Log, Mailer } from './mailer';
import { RefusedForGood } from './refusedForGood';

/** The letters of one wake of a case. */
export interface DigestOrder {
  readonly reference: string;
  readonly office: string;
  /** The staff id of the case's supervisor. */
  readonly supervisor: string;
  readonly letters: readonly Letter[];
}

/** A letter that the mail server took. */
export interface SentLetter {
  readonly reference: string;
  readonly letter: Letter;
  readonly subject: string;
  readonly messageId: string;
  /** By the clock of the engine, which in a simulation is ahead of the machine's. */
  readonly at: Instant;
}

interface MailRoom {
  readonly mailer: Mailer;
  readonly directory: Directory;
  readonly publicUrl: string;
  readonly log?: Log | undefined;
  readonly onSent?: ((sent: SentLetter) => void) | undefined;
}

/**
 * Sends each letter and answers for each: one that fails stops no other. How many go at once is the mailer's affair. Nobody has
 * two digests a day; so one waits if what falls to its addressee, of who is absent, would else have to wait until tomorrow.
 */
export async function sendDigests(room: MailRoom, { letters, ...order }: DigestOrder): Promise<Outcome[]> {
  const { directory } = room;
  const today = dateOf(triedAt());
  const falling = letters.filter(({ to }) => directory.reach(to, today) === null);
  const isHeld = (letter: Letter) =>
    !falling.includes(letter) && falling.some((each) => directory.nextAfter(each, order) === letter.to && isOfAKind(each, letter));
  const held = letters.filter(isHeld).map(({ id }): Outcome => ({ id, outcome: 'held' }));
  return [...held, ...(await Promise.all(letters.filter((letter) => !isHeld(letter)).map((letter) => send(room, letter, order))))];
}

async function send(room: MailRoom, letter: Letter, order: Omit<DigestOrder, 'letters'>): Promise<Outcome> {
  const { mailer, directory, publicUrl, log, onSent } = room;
  const { reference, supervisor } = order;
  const refused: Outcome = { id: letter.id, outcome: 'refused', next: directory.nextAfter(letter, order) };
  const at = triedAt();
  const addressee = directory.reach(letter.to, dateOf(at));
  if (addressee === null) return refused;
  const { email, language } = addressee;
  const frame = {
    reference,
    language,
    link: linkTo(publicUrl, reference),
    next: directory.isLast(letter.to, supervisor) ? null : ('supervisor' as const),
  };
  const { subject, text } = letterText(letter, frame);
  try {
    const messageId = await mailer.send({
      to: email,
      senderName: serviceName(language),
      subject,
      text,
      language,
      id: mailId(reference, letter.id),
    });
    onSent?.({ reference, letter, subject, messageId, at });
    return { id: letter.id, outcome: 'delivered' };
  } catch (error) {
    log?.warn({ reference, to: masked(email), ...codesOf(error) }, 'a letter was not delivered');
    return error instanceof RefusedForGood ? refused : { id: letter.id, outcome: 'failed', deputy: directory.deputyOf(letter.to) };
  }
}
