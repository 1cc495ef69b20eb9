import type { Instant } from '../domain/calendar';
import { noticeText, serviceName } from '../domain/letters';
import type { Outcome } from '../domain/post';
import type { Notice } from '../domain/situation';
import type { Language } from '../domain/words';
import { linkTo, mailId, masked, triedAt, failureCodes } from './envelope';
import type { Log, Mailer } from './mailer';
import { noticeEvent } from './noticeEvent';
import { RefusedForGood } from './refusedForGood';
import { postSigned, type Receiver } from './webhook';

/** Something that a partner is told about a case. */
export interface NoticeOrder {
  readonly reference: string;
  readonly notice: Notice;
}

/** A notice that the partner's server took. */
export interface NotifiedPartner extends NoticeOrder {
  /** The Message-ID of the mail, or the id of the event. */
  readonly messageId: string;
  readonly at: Instant;
}

/** The organisations that are told: the content of `PARTNERS_FILE`, as far as notices need it. */
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

/** Tells a partner as it wants to be told; a partner we do not know is refused, and the case shows it. */
export async function notifyPartner(gateway: Gateway, order: NoticeOrder): Promise<Outcome> {
  const { partners, log, onNotified } = gateway;
  const { reference, notice } = order;
  const { id } = notice;
  const partner = partners.partners.find((each) => each.id === notice.partner);
  if (partner === undefined) return { id, outcome: 'refused', next: null };
  const at = triedAt();
  try {
    const messageId = await tell(partner, gateway, order);
    onNotified?.({ reference, notice, messageId, at });
    return { id, outcome: 'delivered' };
  } catch (error) {
    log?.warn({ reference, to: masked(addressOf(partner)), ...failureCodes(error) }, 'a notice was not delivered');
    return error instanceof RefusedForGood ? { id, outcome: 'refused', next: null } : { id, outcome: 'failed' };
  }
}

/** Answers with the id that the receiver knows a repeat by. */
function tell(partner: Partner, { mailer, publicUrl }: Gateway, { reference, notice }: NoticeOrder): Promise<string> {
  switch (partner.by) {
    case 'mail': {
      const { mailbox: to, language } = partner;
      const text = noticeText(notice, { reference, language, link: linkTo(publicUrl, reference) });
      return mailer.send({ ...text, to, senderName: serviceName(language), language, id: mailId(reference, notice.id) });
    }
    case 'webhook':
      return postSigned(noticeEvent(notice, reference, publicUrl), partner);
  }
}

function addressOf(partner: Partner): string {
  return partner.by === 'mail' ? partner.mailbox : partner.url;
}
