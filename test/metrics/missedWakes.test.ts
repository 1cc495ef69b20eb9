import fc from 'fast-check';
import { epoch, instantAt } from '../../src/domain/basics/calendar';
import { nextDueAt } from '../../src/domain/notifications/agenda';
import { assumingDelivered } from '../../src/domain/notifications/delivery';
import { caseAttributes } from '../../src/domain/views/caseAttributes';
import { missedBefore } from '../../src/metrics/missedWakes';
import { aCase } from '../support/aCase';
import { attempt, someAttempts, someOpening } from '../support/someFacts';

describe('a case whose next date is long over', () => {
  it('has missed a wake, whatever was told of it', () => {
    fc.assert(
      fc.property(someOpening, someAttempts(12), (opening, attempts) => {
        const given = aCase(opening);
        for (const each of attempts) {
          attempt(given, each);
          const { file, now } = given;
          const { nextDate } = caseAttributes(file, now);
          if (nextDate === null) continue;
          const next = nextDueAt(assumingDelivered(file, now), now);
          // At its next wake the case does not count yet.
          expect(next).not.toBeNull();
          expect(missedBefore(new Date(epoch(next ?? now))).getTime()).toBeLessThan(epoch(instantAt(nextDate, '12:00')));
        }
      }),
      { numRuns: 50 },
    );
  });
});
