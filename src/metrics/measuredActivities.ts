import { activityInfo } from '@temporalio/activity';
import type { Activities } from '../activities';
import { epoch } from '../domain/basics/calendar';
import type { Meters } from './meters';

type Notice = Activities['notify']['notifyPartner'];

/** The same activities, each of which counts what became of its order. */
export function measuredActivities(activities: Activities, { measure }: Meters): Activities {
  const { notify, register } = activities;

  const notice =
    (send: Notice): Notice =>
    async (order) => {
      const answer = await send(order);
      // Only a letter waits for another.
      if (answer.outcome !== 'deferred') measure('pathways_notices_total', 1, { outcome: answer.outcome });
      measure('pathways_delivery_wait_seconds', secondsSinceOrdered(), { what: 'notice' });
      return answer;
    };

  return {
    ...activities,
    notify: {
      ...notify,
      sendDigests: async (order) => {
        const answers = await notify.sendDigests(order);
        for (const { outcome } of answers) measure('pathways_mails_total', 1, { outcome });
        measure('pathways_delivery_wait_seconds', secondsSinceOrdered(), { what: 'mail' });
        return answers;
      },
      permitApplication: notice(notify.permitApplication),
      iomReturn: notice(notify.iomReturn),
      notifyPartner: notice(notify.notifyPartner),
    },
    register: {
      ...register,
      writeRegister: async (order) => {
        await register.writeRegister(order).catch((failure: unknown) => {
          measure('pathways_register_writes_total', 1, { result: 'failed' });
          throw failure;
        });
        measure('pathways_register_writes_total', 1, { result: 'done' });
        for (const { plannedAt, happenedAt, said } of order.late) {
          const seconds = (epoch(happenedAt) - epoch(plannedAt)) / 1_000;
          measure('pathways_late_moment_seconds', seconds, { touched: said.deadline === null ? 'reminders' : 'deadline' });
        }
      },
    },
  };
}

/** The time since the case ordered it, by the engine's clock; a fraction below zero where the two clocks differ. */
function secondsSinceOrdered(): number {
  return Math.max(0, (Date.now() - activityInfo().scheduledTimestampMs) / 1_000);
}
