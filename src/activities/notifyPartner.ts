/* The activity that sends a notice to a partner. */

import { cancellationSignal } from '@temporalio/activity';
import type { Duration, Instant } from '../domain/basics/calendar';
import { noticeText, serviceName } from '../domain/notifications/mailText';
import type { Outcome } from '../domain/state/outbox';
import type { Notice } from '../domain/state/situation';
import type { Language } from '../domain/words';
import { linkTo, logFailure, mailId, outcomeOf, triedAt } from './envelope';
import type { Progress } from './heartbeat';
import type { Log, Mailer, Sending } from './mailer';
import { noticeEvent } from './noticeEvent';
import { postSigned, type Receiver } from './webhook';

/** A notice to a partner about a case. */
export interface NoticeOrder {
  readonly reference: string;
  readonly notice: Notice;
}

/** A notice that the partner's server accepted. */
export interface NotifiedPartner extends NoticeOrder {
  /** The Message-ID of the mail, or the id of the event. */
  readonly messageId: string;
  readonly at: Instant;
}

/** The partners: the content of `PARTNERS_FILE`, as far as notices need it. */
export interface Partners {
  readonly partners: readonly Partner[];
}

type Partner = ByMail | ByWebhook;
interface ByMail {
  readonly id: string;
  readonly by: 'mail';
  readonly mailbox: string;
  readonly language: Language;
}
interface ByWebhook extends Receiver {
  readonly id: string;
  readonly by: 'webhook';
}

export interface Gateway {
  readonly mailer: Mailer;
  readonly partners: Partners;
  readonly publicUrl: string;
  readonly log?: Log | undefined;
  readonly onNotified?: ((notified: NotifiedPartner) => void) | undefined;
}

/** Sends a notice by the partner's own channel. A notice to an unknown partner is refused, and the case shows it. */
export async function notifyPartner(gateway: Gateway, order: NoticeOrder, progress: Progress): Promise<Outcome> {
  const { partners, log, onNotified } = gateway;
  const { reference, notice } = order;
  const { id } = notice;
  const partner = partners.partners.find((each) => each.id === notice.partner);
  if (partner === undefined) return { id, outcome: 'refused', next: null };
  const before = progress.before(id);
  if (before !== undefined) return before;
  const at = triedAt();
  const onData = () => progress.tell({ id, outcome: 'perhaps' });
  try {
    const messageId = await tell(partner, gateway, order, { signal: cancellationSignal(), onData });
    onNotified?.({ reference, notice, messageId, at });
    return { id, outcome: 'delivered' };
  } catch (error) {
    logFailure(log, 'a notice', { reference, to: addressOf(partner) }, error);
    const outcome = outcomeOf(error);
    const { askedToWait } = error as { askedToWait?: Duration };
    return outcome === 'refused' ? { id, outcome, next: null } : { id, outcome, askedToWait };
  }
}

/** Answers with the id by which the receiver recognises a repeat. */
function tell(partner: Partner, { mailer, publicUrl }: Gateway, { reference, notice }: NoticeOrder, sending: Sending): Promise<string> {
  switch (partner.by) {
    case 'mail': {
      const { mailbox: to, language } = partner;
      const text = noticeText(notice, { reference, language, link: linkTo(publicUrl, reference) });
      return mailer.send({ ...text, to, senderName: serviceName(language), language, id: mailId(reference, notice.id) }, sending);
    }
    case 'webhook':
      return postSigned(noticeEvent(notice, reference, publicUrl), partner, { ...sending, trace: notice.trace });
  }
}

function addressOf(partner: Partner): string {
  return partner.by === 'mail' ? partner.mailbox : partner.url;
}
