/* The activity that sends the letters of one wake. */

import { cancellationSignal } from '@temporalio/activity';
import { letterText, serviceName } from '../domain/notifications/mailText';
import { dateOf, type Instant } from '../domain/basics/calendar';
import { mayShareALetter, type Letter, type Outcome } from '../domain/state/outbox';
import type { Directory } from './directory';
import { linkTo, logFailure, mailId, outcomeOf, triedAt } from './envelope';
import type { Progress } from './heartbeat';
import type { Log, Mailer } from './mailer';
import { isLastRecipient, nextRecipient } from './nextRecipient';
import { sendingOrder } from './sendingOrder';

/** The letters of one wake of a case. */
export interface DigestOrder {
  readonly reference: string;
  readonly office: string;
  /** The staff id of the case's supervisor, if it has one. */
  readonly supervisor?: string | undefined;
  readonly letters: readonly Letter[];
}

/** A letter that the mail server accepted. */
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
 * Sends each letter and answers for each: a letter that fails stops no other. Nobody has two digests a day. So a deputy's digest is sent
 * after the digest of the person being deputised, and is deferred if that one is forwarded to the deputy. A letter
 * that an earlier try of this order has answered is not sent again.
 */
export async function sendDigests(room: MailRoom, { letters, ...order }: DigestOrder, progress: Progress): Promise<Outcome[]> {
  const mayBeForwardedTo = forwarding(room.directory, order);
  const answers = new Map<Letter, Promise<Outcome>>();
  for (const letter of sendingOrder(letters, mayBeForwardedTo)) {
    const awaited = [...answers].flatMap(([each, answer]) => (mayBeForwardedTo(each, letter) ? [answer] : []));
    answers.set(letter, answerTo(room, letter, { order, progress, awaited }));
  }
  return Promise.all(letters.flatMap((letter) => answers.get(letter) ?? []));
}

/** Whether a letter, if it cannot be delivered, goes to the addressee of another that can still take in its items. */
function forwarding(directory: Directory, order: Omit<DigestOrder, 'letters'>): (letter: Letter, other: Letter) => boolean {
  const today = dateOf(triedAt());
  const isHere = ({ to }: Letter) => directory.reach(to, today) !== null;
  return (letter, other) =>
    mayShareALetter(letter, other) &&
    nextRecipient(directory, letter, order) === other.to &&
    // Of two who are each other's deputy the absent one goes first: that letter is forwarded for certain.
    (isHere(other) || !isHere(letter));
}

interface Answering {
  readonly order: Omit<DigestOrder, 'letters'>;
  readonly progress: Progress;
  /** The answers to earlier letters that may be forwarded to this letter's addressee. */
  readonly awaited: readonly Promise<Outcome>[];
}

async function answerTo(room: MailRoom, letter: Letter, { order, progress, awaited }: Answering): Promise<Outcome> {
  const { id, to } = letter;
  try {
    const earlierTry = progress.before(id);
    if (earlierTry !== undefined) return earlierTry;
    const isDeferred = (await Promise.all(awaited)).some(({ outcome }) => outcome === 'refused');
    const outcome: Outcome = isDeferred ? { id, outcome: 'deferred' } : await send(room, letter, order, progress);
    progress.tell(outcome);
    return outcome;
  } catch (error) {
    // A mistake of ours in one letter stops no other.
    logFailure(room.log, 'a letter', { reference: order.reference, to }, error);
    return { id, outcome: 'failed', deputy: room.directory.deputyOf(to) };
  }
}

async function send(room: MailRoom, letter: Letter, order: Omit<DigestOrder, 'letters'>, progress: Progress): Promise<Outcome> {
  const { mailer, directory, publicUrl, log, onSent } = room;
  const { reference, supervisor } = order;
  const refused: Outcome = { id: letter.id, outcome: 'refused', next: nextRecipient(directory, letter, order) };
  const at = triedAt();
  const addressee = directory.reach(letter.to, dateOf(at));
  if (addressee === null) return refused;
  const { email, language } = addressee;
  const frame = {
    reference,
    language,
    link: linkTo(publicUrl, reference),
    next: isLastRecipient(directory, letter.to, supervisor) ? null : ('supervisor' as const),
    today: dateOf(at),
  };
  const { subject, text } = letterText(letter, frame);
  const deputy = directory.deputyOf(letter.to);
  const mail = { to: email, senderName: serviceName(language), subject, text, language, id: mailId(reference, letter.id) };
  const onData = () => progress.tell({ id: letter.id, outcome: 'perhaps', deputy });
  try {
    const messageId = await mailer.send(mail, { signal: cancellationSignal(), onData });
    onSent?.({ reference, letter, subject, messageId, at });
    return { id: letter.id, outcome: 'delivered' };
  } catch (error) {
    logFailure(log, 'a letter', { reference, to: email }, error);
    const outcome = outcomeOf(error);
    return outcome === 'refused' ? refused : { id: letter.id, outcome, deputy };
  }
}
