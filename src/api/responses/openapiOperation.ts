/* One operation of openapi.json: its parameters, its answer, and the problems that it is answered with. */

import type { z } from 'zod';
import { jsonSchema, refTo } from './jsonSchema';
import { problemsMetBy } from '../problems/problems';
import type { Meets } from '../problems/ruleProblems';
import { tableIds } from '../../statistics/tables';

/** One request that the API answers. */
interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** The kinds of the request. They decide for which reasons it can be refused. */
  readonly is: readonly Meets[];
  readonly parameters?: readonly object[];
  readonly body?: string;
  readonly answer: {
    readonly status?: 201;
    readonly schema: object;
    /** The other media types of the answer. */ readonly also?: readonly string[];
  };
}

const versionHeader = { 'API-Version': { schema: { type: 'string' } } };
const retryAfter = { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait before the next try.' } };
/** Too many at once, or a missing part. Both pass. */
const passing = [429, 503];

export function parameterOf(name: string): object {
  return { $ref: `#/components/parameters/${name}` };
}

/** The parameters that several operations share. */
export const parameters = {
  reference: { name: 'reference', in: 'path', required: true, schema: { type: 'string' }, example: 'BT-7K3M-9QX2-4HTW-8' },
  key: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Sent again with the same body, a request changes nothing more; with another body it is refused.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  },
  deadline: { name: 'deadline', in: 'path', required: true, schema: { type: 'string' }, example: 'reflection-period' },
  edition: { name: 'edition', in: 'path', required: true, schema: { type: 'string' }, example: 'NL-2023-05' },
  table: { name: 'table', in: 'path', required: true, schema: { type: 'string', enum: tableIds }, example: 'sex' },
  publication: { name: 'publication', in: 'path', required: true, schema: { type: 'string' }, example: '0f8a4c0d6b3e4f7a9c1d2e3f40516273' },
  problem: { name: 'code', in: 'path', required: true, schema: { type: 'string' }, example: 'fact-not-possible' },
  language: {
    name: 'Accept-Language',
    in: 'header',
    description: 'nl or en; for anything else the answer is in English.',
    schema: { type: 'string' },
    example: 'nl',
  },
};

export const responses = { problem: problemResponse('Not answered as asked; code says why (RFC 9457).') };

export function operation({ id, summary, description, is, parameters: asked, body, answer }: Operation): object {
  const { status = 200, schema, also = [] } = answer;
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
        content: { 'application/json': { schema }, ...Object.fromEntries(also.map((type) => [type, { schema: { type: 'string' } }])) },
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

function problemResponse(description: string, status?: number): object {
  return {
    description,
    headers: { ...versionHeader, ...(status !== undefined && passing.includes(status) ? retryAfter : {}) },
    content: { 'application/problem+json': { schema: refTo('Problem') } },
  };
}

export function queryOf(schema: z.ZodType): object[] {
  const { properties = {} } = jsonSchema(schema) as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, shape]) => ({ name, in: 'query', schema: shape }));
}
