import { cancellationSignal } from '@temporalio/activity';
import { letterText, serviceName } from '../domain/notifications/mailText';
import { dateOf, type Instant } from '../domain/basics/calendar';
import { mayShareALetter, type Letter, type Outcome } from '../domain/state/outbox';
import type { Directory } from './directory';
import { linkTo, logFailure, mailId, outcomeOf, triedAt } from './envelope';
import type { Progress } from './heartbeat';
import type { Log, Mailer } from './mailer';

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
 * two digests a day: so a deputy's waits for the answer to that of whom he stands in for, and is held if that falls to him. What an
 * earlier try of this order knows of a letter stands: it is not sent again.
 */
export async function sendDigests(room: MailRoom, { letters, ...order }: DigestOrder, progress: Progress): Promise<Outcome[]> {
  const { directory } = room;
  const today = dateOf(triedAt());
  const isHere = ({ to }: Letter) => directory.reach(to, today) !== null;
  const answers = new Map<Letter, Promise<Outcome>>();

  function answerTo(letter: Letter, waiting: readonly Letter[] = []): Promise<Outcome> {
    const answer =
      answers.get(letter) ?? onceItsTurnHasCome(letter, [...waiting, letter]).catch((error: unknown) => notMade(letter, error));
    answers.set(letter, answer);
    return answer;
  }

  // A mistake of ours in one letter stops no other.
  function notMade({ id, to }: Letter, error: unknown): Outcome {
    logFailure(room.log, 'a letter', { reference: order.reference, to }, error);
    return { id, outcome: 'failed', deputy: directory.deputyOf(to) };
  }

  // Of two who are each other's deputy one goes first: who is away, since his falls to the other.
  async function onceItsTurnHasCome(letter: Letter, waiting: readonly Letter[]): Promise<Outcome> {
    const earlier = progress.before(letter.id);
    if (earlier !== undefined) return earlier;
    const mayFallToHim = letters.filter(
      (each) =>
        !waiting.includes(each) &&
        mayShareALetter(each, letter) &&
        directory.nextAfter(each, order) === letter.to &&
        (isHere(letter) || !isHere(each)),
    );
    const before = await Promise.all(mayFallToHim.map((each) => answerTo(each, waiting)));
    const isHeld = before.some(({ outcome }) => outcome === 'refused');
    const outcome: Outcome = isHeld ? { id: letter.id, outcome: 'held' } : await send(room, letter, order, progress);
    progress.tell(outcome);
    return outcome;
  }

  return Promise.all(letters.map((letter) => answerTo(letter)));
}

async function send(room: MailRoom, letter: Letter, order: Omit<DigestOrder, 'letters'>, progress: Progress): Promise<Outcome> {
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
