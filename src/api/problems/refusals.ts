import type { RefusalCode } from '../../domain/basics/refusal';
import type { RefusalDetails } from '../../domain/case/decide';
import { invalid, Problem } from './problems';

type Refused = Partial<RefusalDetails> & Pick<RefusalDetails, 'code'>;

/** A rule's refusal of what was told: with what is missing and what is possible. */
export function refused({ code, ...details }: Refused): Problem {
  if (code === 'not-found' || code === 'role-not-allowed') return new Problem(code);
  if (code === 'date-in-future') return invalid({ path: 'on', message: 'lies in the future' });
  return againstTheRules(code, details);
}

/** The same of a fact that is only assumed, at its place in the request: who is asking does not tell it, so it is not he who may not. */
export function assumptionRefused({ code, ...details }: Refused, path: string): Problem {
  if (code === 'role-not-allowed') return invalid({ path: `${path}.by`, message: 'this role does not tell this fact' });
  if (code === 'date-in-future') return invalid({ path: `${path}.on`, message: 'lies after the day on which it is told' });
  return againstTheRules(code, details, [{ path, message: code }]);
}

function againstTheRules(
  code: RefusalCode,
  { stage, missing = [], allowedFacts = [] }: Omit<Refused, 'code'>,
  errors?: readonly { readonly path: string; readonly message: string }[],
): Problem {
  const where = stage === undefined ? {} : { stage };
  return new Problem(code, { detail: sentenceOf(code, stage, missing), ...where, missing, allowedFacts, ...(errors && { errors }) });
}

function sentenceOf(code: RefusalCode, stage: string | undefined, missing: readonly string[]): string | undefined {
  if (code !== 'fact-not-possible' || stage === undefined) return undefined;
  return missing.length === 0
    ? `In the stage ${stage} this fact, as it was told, is not possible.`
    : `In the stage ${stage} this fact is not possible before: ${missing.join(', ')}.`;
}
