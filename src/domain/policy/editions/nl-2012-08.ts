import type { DeadlineRule, Edition } from '../edition';
import { nl201510 } from './nl-2015-10';

/**
 * The Dutch policy of 11 August 2012: IND's twenty-four hours are a duty, not yet a target. Otherwise as NL-2015-10, whose text
 * is of the same substance. Source: VC12 = Aliens Circular B9 of August 2012.
 */
export const nl201208: Edition = {
  ...nl201510,
  edition: 'NL-2012-08',
  from: '2012-08-11',
  source: 'VC12 B9',
  borrowed: 'all but the 24 hours of IND is taken from NL-2015-10',
  deadlines: nl201510.deadlines.map((rule) => (rule.id === 'ind-decision-target' ? asADuty(rule) : rule)),
};

function asADuty(rule: DeadlineRule): DeadlineRule {
  return {
    ...rule,
    warn: [{ before: 'P0D', to: ['caseworker'] }],
    onPassed: { mails: 'ladder', to: ['caseworker', 'supervisor'] },
    source: 'VC12 B9: IND decides within 24 hours, barring the unforeseen; not for witnesses',
  };
}
