import type { Dispatch } from './agenda';
import type { Instant } from './calendar';
import { classOf, type MailClass } from './post';
import type { Situation } from './situation';

/** Something that the clock does: a mail or a notice that leaves, the end of the three months. */
export interface Moment {
  readonly at: Instant;
  readonly what: MailClass | 'expiry' | 'notice';
  readonly about: readonly string[];
  /** A role of the team, the duty desk where nobody holds it, or a partner. */
  readonly to: string;
}

/** What happens at one moment: what of the clock's own, then what leaves. */
export function momentsAt(at: Instant, { letters, notices }: Dispatch, { team }: Situation, expires: boolean): readonly Moment[] {
  const role = (person: string) => Object.entries(team).find(([, { staffId }]) => staffId === person)?.[0] ?? person;
  return [
    ...(expires ? [{ at, what: 'expiry' as const, about: ['reflection-period'], to: 'supervisor' }] : []),
    ...letters.map(({ items, to }) => ({ at, what: classOf(items), about: items.map(({ about }) => about), to: role(to) })),
    ...notices.map(({ kind, partner }) => ({ at, what: 'notice' as const, about: [kind], to: partner })),
  ];
}
