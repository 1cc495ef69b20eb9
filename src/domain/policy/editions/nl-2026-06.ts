import type { Edition } from '../edition';
import { nl202305 } from './nl-2023-05';

const unread = {
  nl: 'Of deze termijn onder de verordening van 2024 nog geldt, is niet nagelezen.',
  en: 'Nobody has read whether this term still holds under the regulation of 2024.',
};

/**
 * The Dutch policy from 12 June 2026, when the asylum and migration pact applies. Nobody has confirmed it, so it is used only where the
 * intake or `POLICY_EDITION` names it. The ground `dublin` is read as "another State is responsible". Sources:
 * PACT24 = Regulation (EU) 2024/1351, of which the title was read.
 */
export const nl202606: Edition = {
  ...nl202305,
  edition: 'NL-2026-06',
  from: '2026-06-12',
  source: 'VC15 B8/3 as amended by WBV23; PACT24',
  borrowed: 'all but the places of indication and the doubts is taken from NL-2023-05',
  doubt: {
    nl: 'Deze editie heeft niemand bevestigd.',
    en: 'Nobody has confirmed this edition.',
  },
  moreObservers: ['screening'],
  reflection: {
    ...nl202305.reflection,
    doubtByGround: { ...nl202305.reflection.doubtByGround, dublin: { doubt: unread } },
  },
  deadlines: nl202305.deadlines.map((rule) => (rule.id === 'transfer-term' ? { ...rule, doubt: unread } : rule)),
};
