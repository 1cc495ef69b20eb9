/* The part of the outbox that the next run of a case needs. */

import { situationAt, type CaseFile } from '../case/caseFile';
import type { Instant } from '../basics/calendar';
import type { Outbox } from '../state/outbox';
import { assumingOutcome } from './delivery';

/**
 * The outbox for the next run of a case: the last step of each item, and nothing about items that have ended. Whatever is under way counts
 * as perhaps delivered, since its answer would come to a run that has ended.
 */
export function forNextRun(file: CaseFile, now: Instant): Outbox {
  const { outbox } = assumingOutcome(file, 'perhaps', now);
  // The situation now, not after the last fact: the clock has planned tasks since.
  const { tasks, deadlines } = situationAt(file, now);
  // Recurring tasks end without end. An item that these rules do not know stays told: the build of before may plan it again.
  const ended = new Set([...tasks, ...deadlines].filter(({ end }) => end !== null).map(({ id }) => id));
  const kept = Object.entries(outbox.notifiedThrough).map(
    ([person, items]) => [person, Object.fromEntries(Object.entries(items).filter(([about]) => !ended.has(about)))] as const,
  );
  return { ...outbox, notifiedThrough: Object.fromEntries(kept) };
}
