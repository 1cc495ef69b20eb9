import { z } from 'zod';
import type { Readiness } from '../../casework/ports/readiness';
import { factTypes } from '../../domain/facts/catalogue';
import { stages } from '../../domain/state/situation';
import type { ProblemBody } from '../problems/problem';
import { problemCodes, type Explanation } from '../problems/problems';
import { shapeOf } from './shapeOf';

const parts = z
  .record(z.string(), z.enum(['up', 'down']))
  .describe(
    'temporal, worker, database and issuer: whether each answers. clock: down where the clocks of this API and of Temporal are more than a minute apart; ' +
      'left out where that is not known. keys: down where this API lacks a master key that some case needs.',
  );
const cases = z
  .object({ ended: z.int(), blocked: z.int(), stranded: z.int() })
  .describe(
    'The number of pathways that stand still, as of a minute ago: their run was ended, their task fails again and again, or no worker has the code on which they began.',
  );
const register = z
  .object({ waiting: z.int(), oldestSeconds: z.int(), hasOlderForms: z.boolean().optional() })
  .describe(
    'The number of pathways with a change that the register does not have yet, and for how long the first of them has waited, as far as this API knows. ' +
      'Their cases write them; nothing is lost. hasOlderForms: rows that a release before wrote have to be made anew, by `npm run register:rebuild`; ' +
      'left out while the database does not answer.',
  );

export const problemShape = shapeOf<ProblemBody>()(
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(problemCodes),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    stage: z
      .enum([...stages, 'other'])
      .optional()
      .describe('The stage; for a partner safeReturn, aftercare or other.'),
    missing: z.array(z.string()).optional(),
    allowedFacts: z.array(z.enum(factTypes)).optional(),
    publication: z.string().optional().describe('The path of the publication that there is.'),
    parts: parts.optional(),
    cases: cases.optional(),
    register: register.optional(),
  }),
);

export const explanationAnswer = shapeOf<Explanation>()(
  z
    .object({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      detail: z.string(),
      remedy: z.string().describe('The next step of the caller.'),
    })
    .describe('The meaning of a problem.'),
);

export const healthAnswer = shapeOf<Readiness & { readonly status: string }>()(
  z.object({ status: z.string(), parts: parts.optional(), cases: cases.optional(), register: register.optional() }),
);
