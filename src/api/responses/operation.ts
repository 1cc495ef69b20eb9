import type { z } from 'zod';
import { jsonSchema, refTo } from './jsonSchema';
import { problemsMetBy } from '../problems/problems';
import type { Meets } from '../problems/ruleProblems';

/** One request that the API answers. */
export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** The kinds of the request. They decide for which reasons it can be refused. */
  readonly is: readonly Meets[];
  readonly parameters?: readonly object[];
  readonly body?: string;
  readonly answer: { readonly status?: 201; readonly schema: object; readonly calendar?: true; readonly csv?: true; readonly svg?: true };
}

const versionHeader = { 'API-Version': { schema: { type: 'string' } } };
const retryAfter = { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait before the next try.' } };
/** Too many at once, or a missing part. Both pass. */
const passing = [429, 503];

/** An operation as openapi.json shows it. */
export function operation({ id, summary, description, is, parameters: asked, body, answer }: Operation): object {
  const { status = 200, schema, calendar, csv, svg } = answer;
  const texts = [...(calendar ? ['text/calendar'] : []), ...(csv ? ['text/csv'] : []), ...(svg ? ['image/svg+xml'] : [])];
  return {
    operationId: id,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(is.includes('login') ? {} : { security: [] }),
    ...(asked === undefined ? {} : { parameters: asked }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: refTo(body) } } } }),
    responses: {
      [status]: {
        description: summary,
        headers: versionHeader,
        content: { 'application/json': { schema }, ...Object.fromEntries(texts.map((type) => [type, { schema: { type: 'string' } }])) },
      },
      ...refusalsOf(['any', ...is]),
      default: { $ref: '#/components/responses/problem' },
    },
  };
}

/** The refusals of requests of these kinds, by status. Each names its codes. */
function refusalsOf(requests: readonly Meets[]): Record<number, object> {
  const problems = problemsMetBy(requests);
  return Object.fromEntries(
    problems.map(({ status }) => {
      const codes = problems.filter((each) => each.status === status).map(({ code }) => `\`${code}\``);
      return [status, problemResponse(`One of the codes ${codes.join(', ')}.`, status)];
    }),
  );
}

export function problemResponse(description: string, status?: number): object {
  return {
    description,
    headers: { ...versionHeader, ...(status !== undefined && passing.includes(status) ? retryAfter : {}) },
    content: { 'application/problem+json': { schema: refTo('Problem') } },
  };
}

/** The query that a schema checks, as parameters. */
export function queryOf(schema: z.ZodType): object[] {
  const { properties = {} } = jsonSchema(schema) as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, shape]) => ({ name, in: 'query', schema: shape }));
}
