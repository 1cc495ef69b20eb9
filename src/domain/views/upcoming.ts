/* The upcoming actions of one instant. */

import type { Dispatch } from '../notifications/agenda';
import type { Instant } from '../basics/calendar';
import { situationAt, type CaseFile } from '../case/caseFile';
import { classOf } from '../state/outbox';
import type { UpcomingAction } from '../state/upcoming';

/** The actions of one instant: the end of the three months, if the period ends then, and what leaves. */
export function upcomingAt(at: Instant, { letters, notices }: Dispatch, file: CaseFile, expires: boolean): readonly UpcomingAction[] {
  const { team } = situationAt(file, at);
  const role = (person: string) => Object.entries(team).find(([, { staffId }]) => staffId === person)?.[0] ?? person;
  return [
    ...(expires ? [expiryAt(at, file)] : []),
    ...letters.map(({ items, to }) => ({ at, what: classOf(items), about: items.map(({ about }) => about), to: role(to) })),
    ...notices.map(({ kind, partner }) => ({ at, what: 'notice' as const, about: [kind], to: partner })),
  ];
}

function expiryAt(at: Instant, { start: { edition } }: CaseFile): UpcomingAction {
  const about = edition.deadlines.filter(({ isReflectionPeriod }) => isReflectionPeriod === true).map(({ id }) => id);
  return { at, what: 'expiry', about, to: 'supervisor' };
}
