/* Facts of a case for which another State is responsible: the presence of the person, and their transfer. */

import { dateOf } from '../basics/calendar';
import { notPossible } from '../basics/refusal';
import { departureIsSuspended } from '../state/questions';
import { thePeriodRuns } from '../state/reflectionPeriod';
import { openStages, type Situation } from '../state/situation';
import { onlyInDublinCases } from './conditions';
import type { FactTable } from './row';

/** A transfer may be prepared, but not carried out while something holds it up; then these roles are alarmed. */
export const whoHearsOfATransfer = ['caseworker', 'lawyer', 'supervisor'] as const;

/** Facts of a Dublin case. */
export const dublinFacts = {
  presenceAssessed: {
    possibleIn: openStages,
    recordedBy: ['prosecution'],
    waitsFor: onlyInDublinCases,
    says: {
      nl: 'Beoordeeld of aanwezigheid in Nederland nodig is: {necessary}.',
      en: "Assessed whether the person's presence in the Netherlands is necessary: {necessary}.",
    },
    source: 'WBV19',
  },
  transferTermSet: {
    possibleIn: openStages,
    recordedBy: ['ind', 'lawyer'],
    waitsFor: onlyInDublinCases,
    says: { nl: 'Uiterste dag van de overdracht: {until}.', en: 'The last day of the transfer: {until}.' },
    source: 'CJEU-TERM; RVS23',
  },
  transferPlanned: {
    possibleIn: openStages,
    recordedBy: ['ind', 'partner:dtv'],
    waitsFor: onlyInDublinCases,
    choices: ({ asOf }) => [{ on: dateOf(asOf), transferOn: dateOf(asOf) }],
    refusedBecause: (_, { on, transferOn }) => (transferOn < on ? notPossible() : null),
    changes: (_, { transferOn }) => ({ transferOn }),
    alarms: (before, { transferOn }) => (reasonsAgainst({ ...before, transferOn }).length > 0 ? whoHearsOfATransfer : []),
    alarmSettled: (now) => !isAhead(now) || reasonsAgainst(now).length === 0,
    says: { nl: 'Overdracht gepland op {transferOn}.', en: 'A transfer is planned for {transferOn}.' },
    source: 'CJEU-DUB: a transfer is not carried out within the period',
  },
} satisfies Partial<FactTable>;

/** Whether something begins that holds up a transfer that lies ahead. */
export function beginsToHoldUpTransfer(before: Situation, after: Situation): boolean {
  const already = reasonsAgainst({ ...before, transferOn: after.transferOn });
  return isAhead(after) && reasonsAgainst(after).some((reason) => !already.includes(reason));
}

function isAhead({ transferOn, asOf, stage }: Situation): boolean {
  return transferOn !== null && transferOn >= dateOf(asOf) && stage !== 'aftercare';
}

type Reason = 'period' | 'application' | 'suspension';

/** What holds up a planned transfer: the period in which it falls; ours: a pending application, or a departure that is suspended. */
function reasonsAgainst(situation: Situation): readonly Reason[] {
  const { ground, transferOn, period, application } = situation;
  if (ground !== 'dublin' || transferOn === null) return [];
  const isInPeriod = period !== null && thePeriodRuns(situation) && transferOn >= period.startedOn && transferOn <= period.endsOn;
  return [
    ...(isInPeriod ? ['period' as const] : []),
    ...(application === null ? [] : ['application' as const]),
    ...(departureIsSuspended(situation) ? ['suspension' as const] : []),
  ];
}
