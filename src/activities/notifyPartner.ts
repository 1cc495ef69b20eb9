import type { Instant } from '../domain/calendar';
import { noticeText, serviceName } from '../domain/letters';
import type { Outcome } from '../domain/post';
import type { Notice } from '../domain/situation';
import type { Language } from '../domain/words';
import { linkTo, mailId, masked, triedAt, whyNot } from './envelope';
import type { Log, Mailer } from './mailer';
import { RefusedForGood } from './refusedForGood';

/** Something that a partner is told about a case. */
export interface NoticeOrder {
  readonly reference: string;
  readonly notice: Notice;
}

/** A notice that the partner's mail server took. */
export interface NotifiedPartner extends NoticeOrder {
  readonly messageId: string;
  readonly at: Instant;
}

/** The organisations that are told: the content of `PARTNERS_FILE`, as far as mail needs it. */
export interface Partners {
  readonly partners: readonly { readonly id: string; readonly language: Language; readonly mailbox?: string | undefined }[];
}

export interface Gateway {
  readonly mailer: Mailer;
  readonly partners: Partners;
  readonly publicUrl: string;
  readonly log?: Log | undefined;
  readonly onNotified?: ((notified: NotifiedPartner) => void) | undefined;
}

/** Tells a partner by mail to its functional mailbox; one without a mailbox is refused, and the case shows it. */
export async function notifyPartner(gateway: Gateway, { reference, notice }: NoticeOrder): Promise<Outcome> {
  const { mailer, partners, publicUrl, log, onNotified } = gateway;
  const { id } = notice;
  const { mailbox, language } = partners.partners.find((partner) => partner.id === notice.partner) ?? {};
  if (mailbox === undefined || language === undefined) return { id, outcome: 'refused', next: null };
  const at = triedAt();
  const text = noticeText(notice, { reference, language, link: linkTo(publicUrl, reference) });
  try {
    const messageId = await mailer.send({ ...text, to: mailbox, senderName: serviceName(language), language, id: mailId(reference, id) });
    onNotified?.({ reference, notice, messageId, at });
    return { id, outcome: 'delivered' };
  } catch (error) {
    log?.warn({ reference, to: masked(mailbox), ...whyNot(error) }, 'a notice was not delivered');
    return error instanceof RefusedForGood ? { id, outcome: 'refused', next: null } : { id, outcome: 'failed' };
  }
}
