import type { RefusalDetails } from '../domain/case/decide';
import { invalid, Refused, type RefusedDetails } from './refused';

/** A refusal as a case answers with it. A case of another version may leave out the details. */
type RuleRefusal = Partial<RefusalDetails> & Pick<RefusalDetails, 'code'>;

/** The refusal of a fact by a rule. */
export function refusedByRule({ code, ...details }: RuleRefusal): Refused {
  if (code === 'not-found' || code === 'role-not-allowed') return new Refused(code);
  if (code === 'date-in-future') return invalid({ path: 'on', message: 'lies in the future' });
  return new Refused(code, withDefaults(details));
}

/**
 * The refusal of an assumed fact, at its place in the request. The caller only assumes the fact, so a wrong role is a fault of the request,
 * and a case that does not exist for its teller is one in which they cannot record it.
 */
export function assumptionRefused({ code, ...details }: RuleRefusal, path: string): Refused {
  if (code === 'role-not-allowed') return invalid({ path: `${path}.by`, message: 'this role does not record this fact' });
  if (code === 'date-in-future') return invalid({ path: `${path}.on`, message: 'lies after the day on which it is recorded' });
  const why = code === 'not-found' ? 'fact-not-possible' : code;
  return new Refused(why, { ...withDefaults(details), faults: [{ path, message: why }] });
}

function withDefaults({ stage, missing = [], allowedFacts = [] }: Omit<RuleRefusal, 'code'>): RefusedDetails {
  return { ...(stage === undefined ? {} : { stage }), missing, allowedFacts };
}
