/* The notices to CoMensha after each fact. */

import type { FactType } from '../facts/catalogue';
import type { RecordedFact } from '../facts/recordedFact';
import type { Notice, Situation } from '../state/situation';

type Cause = Pick<Notice, 'partner' | 'kind'>;

/**
 * CoMensha is notified once it knows of the person: that they were found, then of the period, of their cooperation and of each departure
 * that is declared. Facts from before the registration are told with it (docs/policy.md, section 5, fine print 45).
 */
export function comenshaNotices(before: Situation, after: Situation, fact: RecordedFact): readonly Cause[] {
  if (before.registered && !after.registered) return [{ partner: 'comensha', kind: 'recall' }];
  if (!after.registered) return [];
  const kinds = before.registered ? [kindOf[fact.type] ?? []].flat() : toldWithRegistration(after);
  return kinds.filter((kind) => kind === 'departing' || !wasSent(before, kind)).map((kind) => ({ partner: 'comensha', kind }));
}

function toldWithRegistration({ lastRecordedOn, journey }: Situation): readonly Notice['kind'][] {
  return [
    'found',
    ...('reflectionStarted' in lastRecordedOn ? ['reflection' as const] : []),
    ...('cooperated' in lastRecordedOn ? ['cooperation' as const] : []),
    ...(journey.declared ? ['departing' as const] : []),
  ];
}

const kindOf: Readonly<Partial<Record<FactType, Notice['kind']>>> = {
  reflectionStarted: 'reflection',
  cooperated: 'cooperation',
  departureDeclared: 'departing',
};

function wasSent({ notices }: Situation, kind: Notice['kind']): boolean {
  return notices.some((notice) => notice.partner === 'comensha' && notice.kind === kind);
}
