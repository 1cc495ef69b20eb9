import type { Dispatch } from '../notifications/agenda';
import type { Instant } from '../basics/calendar';
import { classOf } from '../state/outbox';
import type { UpcomingAction } from '../state/upcoming';
import type { Situation } from '../state/situation';

/** What happens at one moment: what of the clock's own, then what leaves. */
export function upcomingAt(at: Instant, { letters, notices }: Dispatch, { team }: Situation, expires: boolean): readonly UpcomingAction[] {
  const role = (person: string) => Object.entries(team).find(([, { staffId }]) => staffId === person)?.[0] ?? person;
  return [
    ...(expires ? [{ at, what: 'expiry' as const, about: ['reflection-period'], to: 'supervisor' }] : []),
    ...letters.map(({ items, to }) => ({ at, what: classOf(items), about: items.map(({ about }) => about), to: role(to) })),
    ...notices.map(({ kind, partner }) => ({ at, what: 'notice' as const, about: [kind], to: partner })),
  ];
}
