/* The referral of a return to IOM after each fact. */

import { dateOf } from '../basics/calendar';
import type { RecordedFact } from '../facts/recordedFact';
import { consentsToTheExchange } from '../plan/gates';
import type { Notice, Referral, Situation } from '../state/situation';
import { schemeIsOpen } from '../state/questions';

/** The referral after a fact, and the notices that follow. */
export interface ReferralAfter {
  readonly changed: Pick<Situation, 'referral' | 'returnRequested'>;
  readonly causes: readonly Pick<Notice, 'partner' | 'kind'>[];
}

/**
 * IOM is notified once the person asks and consents, and is chased until it answers. It is notified again when the return stops or the
 * consent is withdrawn (docs/policy.md, section 5, section 6, fine print 7, fine print 25).
 */
export function referralAfter(before: Situation, after: Situation, fact: RecordedFact): ReferralAfter {
  const { referral, returnRequested } = after;
  if (asks(after) && !asks(before)) {
    const opened = { on: dateOf(before.asOf), since: before.asOf, running: true, answered: false, recalled: false };
    return { changed: { referral: opened, returnRequested }, causes: [{ partner: 'iom', kind: 'return-referral' }] };
  }
  if (stops(before, after, fact)) {
    return { changed: { referral: over(referral), returnRequested: false }, causes: stoppedNotices(before, after) };
  }
  if (fact.type === 'consentWithdrawn' && fact.purpose === 'returnDataExchange' && !consentsToTheExchange(after)) {
    const causes = referral === null || referral.recalled ? [] : [{ partner: 'iom' as const, kind: 'recall' as const }];
    return { changed: { referral: referral && { ...referral, answered: true, recalled: true }, returnRequested }, causes };
  }
  if (after.stage === 'aftercare') return { changed: { referral: over(referral), returnRequested: false }, causes: [] };
  if (after.stage === 'closed') return { changed: { referral: over(referral), returnRequested }, causes: [] };
  const answered = fact.by.partner === 'iom' || fact.type === 'departureDeclared';
  return { changed: { referral: answered && referral !== null ? { ...referral, answered } : referral, returnRequested }, causes: [] };
}

function asks(situation: Situation): boolean {
  return situation.returnRequested && consentsToTheExchange(situation);
}

/** IOM still has the referral, and must be notified if the consent is withdrawn. */
function over(referral: Referral | null): Referral | null {
  return referral && { ...referral, running: false, answered: true };
}

function stops(before: Situation, after: Situation, { type }: RecordedFact): boolean {
  if (before.stage === 'safeReturn') return after.stage !== 'safeReturn' && type !== 'travelled';
  return type === 'cooperated' && schemeIsOpen(after) && before.referral?.running === true;
}

/** The partners that know of the return are notified of its end: IOM by the referral, DT&V once it recorded a fact. */
function stoppedNotices({ referral, notices, registered }: Situation, { heardFrom }: Situation): ReferralAfter['causes'] {
  const last = notices.findLast(({ partner, kind }) => partner === 'comensha' && (kind === 'departing' || kind === 'return-stopped'));
  const knowsOfDeparture = registered && last?.kind === 'departing';
  return [
    ...(referral?.running === true ? [{ partner: 'iom' as const, kind: 'return-stopped' as const }] : []),
    ...(heardFrom.includes('dtv') ? [{ partner: 'dtv' as const, kind: 'return-stopped' as const }] : []),
    ...(knowsOfDeparture ? [{ partner: 'comensha' as const, kind: 'return-stopped' as const }] : []),
  ];
}
