import { dateOf } from '../basics/calendar';
import type { ReceivedFact } from '../facts/recordedFact';
import { consentsToTheExchange } from '../plan/gates';
import type { Notice, Referral, Situation } from '../state/situation';
import { schemeIsOpen } from '../state/questions';

/** What a fact does to the referral of her return, and which partners are told because of that. */
export interface ReferralAfter {
  readonly changed: Pick<Situation, 'referral' | 'returnRequested'>;
  readonly causes: readonly Pick<Notice, 'partner' | 'kind'>[];
}

/**
 * IOM is told once she asks and consents; it is chased until it answers, and told again when the return is stopped or her
 * consent withdrawn (docs/policy.md, section 5, section 6, fine print 7, fine print 25).
 */
export function referralAfter(before: Situation, after: Situation, told: ReceivedFact): ReferralAfter {
  const { referral, returnRequested } = after;
  if (asks(after) && !asks(before)) {
    const opened = { on: dateOf(before.asOf), since: before.asOf, running: true, answered: false, recalled: false };
    return { changed: { referral: opened, returnRequested }, causes: [{ partner: 'iom', kind: 'return-referral' }] };
  }
  if (stops(before, after, told)) {
    return { changed: { referral: over(referral), returnRequested: false }, causes: stoppedNotices(before, after) };
  }
  if (told.type === 'consentWithdrawn' && told.purpose === 'returnDataExchange' && !consentsToTheExchange(after)) {
    const causes = referral === null || referral.recalled ? [] : [{ partner: 'iom' as const, kind: 'recall' as const }];
    return { changed: { referral: referral && { ...referral, answered: true, recalled: true }, returnRequested }, causes };
  }
  if (after.stage === 'aftercare') return { changed: { referral: over(referral), returnRequested: false }, causes: [] };
  if (after.stage === 'closed') return { changed: { referral: over(referral), returnRequested }, causes: [] };
  const answered = told.by.partner === 'iom' || told.type === 'departureDeclared';
  return { changed: { referral: answered && referral !== null ? { ...referral, answered } : referral, returnRequested }, causes: [] };
}

function asks(situation: Situation): boolean {
  return situation.returnRequested && consentsToTheExchange(situation);
}

/** IOM has it still, and would have to be told if she takes her consent back. */
function over(referral: Referral | null): Referral | null {
  return referral && { ...referral, running: false, answered: true };
}

function stops(before: Situation, after: Situation, { type }: ReceivedFact): boolean {
  if (before.stage === 'safeReturn') return after.stage !== 'safeReturn' && type !== 'travelled';
  return type === 'cooperated' && schemeIsOpen(after) && before.referral?.running === true;
}

/** Who was told of the return is told of its end: IOM by the referral, DT&V once it told a fact itself. */
function stoppedNotices({ referral }: Situation, { heardFrom }: Situation): ReferralAfter['causes'] {
  return [
    ...(referral?.running === true ? [{ partner: 'iom' as const, kind: 'return-stopped' as const }] : []),
    ...(heardFrom.includes('dtv') ? [{ partner: 'dtv' as const, kind: 'return-stopped' as const }] : []),
  ];
}
