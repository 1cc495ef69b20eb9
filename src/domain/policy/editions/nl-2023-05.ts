import type { Edition } from '../edition';
import { nl201510 } from './nl-2015-10';

/**
 * The Dutch policy as it stands since 18 May 2023: the text of October 2015 with the changes known. The military police may
 * now offer the period everywhere, which no number says. All other numbers: nl-2015-10.ts and its tables. Sources: WBV23 = decree WBV 2023/11 (Stcrt. 2023, 13577), of which the
 * opening was read; WEGW-STAY = the public guidance on stay.
 */
export const nl202305: Edition = {
  ...nl201510,
  edition: 'NL-2023-05',
  from: '2023-05-18',
  source: 'VC15 B8/3 as amended by WBV23',
  reflection: {
    ...nl201510.reflection,
    lengthByGround: { dublin: 'P30D' },
    source: 'VC15 B8/3: three months at most, once, never extended; WBV23: 30 days in Dublin cases',
  },
  humanitarianPermit: {
    grounds: [...nl201510.humanitarianPermit.grounds, 'minority'],
    source: `${nl201510.humanitarianPermit.source}; WEGW-STAY: or being a minor`,
  },
};
