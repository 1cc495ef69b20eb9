import type { Outcome } from '../domain/state/outbox';
import type { Progress } from './heartbeat';
import { notifyPartner, type Gateway, type NoticeOrder } from './notifyPartner';

/**
 * The permit application: announces to IND that she cooperates. The notice is her application (VC15 B8/3); the form M55
 * itself is the police's task, so the announcement holds no more than reference, kind, date and link.
 */
export async function permitApplication(gateway: Gateway, order: NoticeOrder, progress: Progress): Promise<Outcome> {
  return notifyPartner(gateway, order, progress);
}
