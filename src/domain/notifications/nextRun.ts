/* The part of the outbox that the next run of a case needs. */

import { situationAt, type CaseFile } from '../case/caseFile';
import type { Instant } from '../basics/calendar';
import type { Outbox } from '../state/outbox';
import { assumingOutcome } from './delivery';

/**
 * The outbox for the next run of a case: the last step of each open item, and nothing about items that have ended. Whatever is under way
 * counts as perhaps delivered, since its answer would come to a run that has ended.
 */
export function forNextRun(file: CaseFile, now: Instant): Outbox {
  const { outbox } = assumingOutcome(file, 'perhaps', now);
  // The situation now, not after the last fact: the clock has planned tasks since.
  const situation = situationAt(file, now);
  const unmet = [...situation.tasks, ...situation.deadlines].filter(({ end }) => end === null).map(({ id }) => id);
  // An undelivered alarm may still be forwarded to a person who was notified of its cause.
  const openIds = new Set<string>([...unmet, ...situation.notices.map(({ kind }) => kind), ...situation.alarms.map(({ about }) => about)]);
  const open = Object.entries(outbox.notifiedThrough).map(
    ([person, items]) => [person, Object.fromEntries(Object.entries(items).filter(([about]) => openIds.has(about)))] as const,
  );
  return { ...outbox, notifiedThrough: Object.fromEntries(open) };
}
