import type { Edition } from '../edition';
import { nl202606 } from './nl-2026-06';

/**
 * The Dutch policy from 15 July 2026, when the amended directive has to be applied: it names more kinds of exploitation. Nobody has
 * confirmed it, so it is used only where the intake or `POLICY_EDITION` names it. Sources:
 * DIR24 = Directive (EU) 2024/1712, of which an excerpt was read.
 */
export const nl202607: Edition = {
  ...nl202606,
  edition: 'NL-2026-07',
  from: '2026-07-15',
  source: 'VC15 B8/3 as amended by WBV23; PACT24; DIR24',
  borrowed: 'all but the kinds of exploitation is taken from NL-2026-06',
  moreSectors: ['surrogacy', 'forcedMarriage', 'illegalAdoption'],
};
