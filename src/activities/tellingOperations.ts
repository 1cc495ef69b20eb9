import { dateOf, instantOf, later, type Instant } from '../domain/basics/calendar';
import { serviceName } from '../domain/notifications/mailText';
import { refusesUsText } from '../domain/notifications/operationsMail';
import { mailId } from './envelope';
import { RefusesUs, type Mailer } from './mailer';

/** So soon operations is tried again where its own mail did not leave; ours. */
const tryAgainAfter = 'PT1H';

/**
 * The same mailer, which also tells operations that the mail server refuses us: once a day for each process. A server may refuse some
 * letters only, such as those to one domain. Where it refuses all of them the log is the only place that says so.
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
        // The letter's own failure is logged by who sent it, and that of this mail would say the same once more.
        if (error instanceof RefusesUs && (notBefore === null || now >= notBefore)) void tell(now).catch(() => undefined);
        throw error;
      }
    },
  };
}
