import type { Outcome } from '../domain/state/outbox';
import type { Progress } from './heartbeat';
import { notifyPartner, type Gateway, type NoticeOrder } from './notifyPartner';

/** The return with IOM: refers a return that she asked for herself, with her consent to the exchange. IOM sees the case after its own login. */
export async function iomReturn(gateway: Gateway, order: NoticeOrder, progress: Progress): Promise<Outcome> {
  return notifyPartner(gateway, order, progress);
}
