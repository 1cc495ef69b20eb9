import { dateOf, instantOf, later, type Instant } from '../domain/basics/calendar';
import { serviceName } from '../domain/notifications/mailText';
import { refusesUsText } from '../domain/notifications/operationsMail';
import { mailId } from './envelope';
import { RefusesUs, type Mailer } from './mailer';

/** If the mail to operations does not leave, it is tried again after this time; ours. */
const tryAgainAfter = 'PT1H';

/**
 * The same mailer, which also mails operations that the mail server refuses us: once a day for each process. A server may refuse only some
 * letters, such as those to one domain. If it refuses all, only the log says so.
 */
export function tellingOperations(mailer: Mailer, operations: string): Mailer {
  let notBefore: Instant | null = null;

  async function tell(now: Instant): Promise<void> {
    notBefore = later(now, tryAgainAfter);
    const mail = { ...refusesUsText(), to: operations, senderName: serviceName('nl'), language: 'nl' as const };
    await mailer.send({ ...mail, id: mailId('operations', `refuses-us/${dateOf(now)}`) });
    notBefore = later(now, 'PT24H');
  }

  return {
    close: () => mailer.close(),
    async send(mail, sending) {
      try {
        return await mailer.send(mail, sending);
      } catch (error) {
        const now = instantOf(Date.now());
        // The sender logs the failure of the letter. A failure of this mail would only repeat it.
        if (error instanceof RefusesUs && (notBefore === null || now >= notBefore)) void tell(now).catch(() => undefined);
        throw error;
      }
    },
  };
}
