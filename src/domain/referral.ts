import { dateOf } from './calendar';
import type { Told } from './facts/row';
import type { Notice, Situation } from './situation';

/** What a fact does to the referral of her return, and which partners are told because of that. */
export interface ReferralAfter {
  readonly changed: Pick<Situation, 'referral' | 'returnRequested'>;
  readonly causes: readonly Pick<Notice, 'partner' | 'kind'>[];
}

/**
 * IOM is told once she asks and consents; it is chased until it answers, and told again when the return is stopped or her
 * consent withdrawn (policy, section 5, notices; section 6; fine print 7 and 25).
 */
export function referralAfter(before: Situation, after: Situation, told: Told): ReferralAfter {
  const { referral, returnRequested } = after;
  if (asks(after) && !asks(before)) {
    const opened = { on: dateOf(before.asOf), answered: false };
    return { changed: { referral: opened, returnRequested }, causes: [{ partner: 'iom', kind: 'return-referral' }] };
  }
  if (stops(before, after, told)) return { changed: { referral: null, returnRequested: false }, causes: stoppedNotices(before, after) };
  if (after.stage === 'aftercare') return { changed: { referral: null, returnRequested: false }, causes: [] };
  if (after.stage === 'closed') return { changed: { referral: null, returnRequested }, causes: [] };
  if (told.type === 'consentWithdrawn' && told.purpose === 'returnDataExchange') {
    return { changed: { referral: null, returnRequested }, causes: referral === null ? [] : [{ partner: 'iom', kind: 'recall' }] };
  }
  const answered = referral !== null && (referral.answered || told.by.partner === 'iom');
  return { changed: { referral: referral && { ...referral, answered }, returnRequested }, causes: [] };
}

function asks({ returnRequested, consents }: Situation): boolean {
  return returnRequested && consents.includes('returnDataExchange');
}

function stops(before: Situation, after: Situation, { type }: Told): boolean {
  if (before.stage === 'safeReturn') return after.stage !== 'safeReturn' && type !== 'travelled';
  return type === 'cooperated' && before.referral !== null;
}

/** Who was told of the return is told of its end: IOM by the referral, DT&V once it told a fact itself. */
function stoppedNotices({ referral }: Situation, { heardFrom }: Situation): ReferralAfter['causes'] {
  return [
    ...(referral === null ? [] : [{ partner: 'iom' as const, kind: 'return-stopped' as const }]),
    ...(heardFrom.includes('dtv') ? [{ partner: 'dtv' as const, kind: 'return-stopped' as const }] : []),
  ];
}
