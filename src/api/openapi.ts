import { z } from 'zod';
import { facts } from '../domain/facts';
import { roles } from '../domain/people';
import { factTypes } from '../domain/facts/fields';
import {
  boardAnswer,
  certificateAnswer,
  healthAnswer,
  pathwayAnswer,
  policiesAnswer,
  policyAnswer,
  previewAnswer,
  problemShape,
  timelineAnswer,
} from './answers';
import type { Schemas } from './schemas';
import { apiVersion } from './version';

/** The description of this API (OpenAPI 3.1), made from the schemas that check the requests. */
export function openapiOf(schemas: Schemas, publicUrl: string): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Pathways of possible victims of human trafficking',
      description:
        'Carries a person from the first indication (geringste aanwijzing) through the reflection period (bedenktijd) to a permit or a safe return. ' +
        'A case is a list of facts; everything else follows from them. Dutch terms stand in the descriptions.',
      version: apiVersion,
      contact: { name: 'Who runs this service', url: publicUrl },
    },
    servers: [{ url: `${publicUrl}/v1` }],
    security: [{ token: [] }],
    paths: pathsOf(schemas),
    components: { schemas: componentsOf(schemas), responses: { problem }, parameters, securitySchemes },
  };
}

const securitySchemes = { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From the OpenID Connect issuer.' } };
const problem = {
  description: 'Not answered as asked; code says why (RFC 9457).',
  headers: { 'API-Version': { schema: { type: 'string' } } },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const parameters = {
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
  language: { name: 'Accept-Language', in: 'header', schema: { type: 'string', enum: ['nl', 'en'] } },
};

function pathsOf({ listing }: Schemas): object {
  const reference = { $ref: '#/components/parameters/reference' };
  const key = { $ref: '#/components/parameters/key' };
  const open = { security: [] };
  return {
    '/pathways': {
      get: { ...reads('listPathways', 'The pathways of your office; of all for a national role', 'Board'), parameters: queryOf(listing) },
      post: { ...tells('openPathway', 'Opens a pathway (aanmelding)', 'Intake'), parameters: [key] },
    },
    '/pathways/{reference}': { get: { ...reads('getPathway', 'The pathway as it is now', 'Pathway'), parameters: [reference] } },
    '/pathways/{reference}/facts': {
      get: {
        ...reads('getTimeline', 'What was told, each with a plain sentence', 'Timeline'),
        parameters: [reference, { $ref: '#/components/parameters/language' }],
      },
      post: { ...tells('tellFact', 'Tells a fact; answers with the pathway after it', 'Fact'), parameters: [reference, key] },
    },
    '/pathways/{reference}/deadlines/{deadline}': {
      get: {
        ...reads('getDeadline', 'A deadline explained: from which fact, by which rule, with which reminders (termijn)', 'Certificate'),
        parameters: [reference, { $ref: '#/components/parameters/deadline' }],
      },
    },
    '/policies': { get: reads('listPolicies', 'The editions of the policy', 'Policies') },
    '/policies/{edition}': {
      get: {
        ...reads('getPolicy', 'An edition as data, with sources', 'Policy'),
        parameters: [{ $ref: '#/components/parameters/edition' }],
      },
    },
    '/pathway-previews': { post: previews() },
    '/openapi.json': { get: { ...answers('getOpenapi', 'This description', 200, { type: 'object' }), ...open } },
    '/health/live': { get: { ...reads('isLive', 'Whether the service runs', 'Health'), ...open } },
    '/health/ready': { get: { ...reads('isReady', 'Whether it can do its work; if not, which part is missing', 'Health'), ...open } },
  };
}

/** A plan, as JSON or as a calendar. */
function previews(): object {
  const answer = answers('previewPathway', 'What a case would bring, if these facts were told; nothing is begun', 200, refTo('Preview'));
  return {
    ...answer,
    requestBody: { required: true, content: { 'application/json': { schema: refTo('Assumptions') } } },
    description: 'With `Accept: text/calendar` the same as iCalendar.',
  };
}

function reads(operationId: string, summary: string, schema: string): object {
  return answers(operationId, summary, 200, refTo(schema));
}

function tells(operationId: string, summary: string, schema: string): object {
  return {
    ...answers(operationId, summary, 201, refTo('Pathway')),
    requestBody: { required: true, content: { 'application/json': { schema: refTo(schema) } } },
  };
}

function answers(operationId: string, summary: string, status: number, schema: object): object {
  return {
    operationId,
    summary,
    responses: {
      [status]: {
        description: summary,
        headers: { 'API-Version': { schema: { type: 'string' } } },
        content: { 'application/json': { schema } },
      },
      default: { $ref: '#/components/responses/problem' },
    },
  };
}

function queryOf(schema: z.ZodType): object[] {
  const { properties = {} } = jsonSchema(schema) as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, shape]) => ({ name, in: 'query', schema: shape }));
}

function componentsOf({ fact, intake, preview }: Schemas): Record<string, object> {
  return {
    Intake: jsonSchema(intake),
    Fact: {
      oneOf: factTypes.map((type) => refTo(nameOf(type))),
      discriminator: { propertyName: 'type', mapping: Object.fromEntries(factTypes.map((type) => [type, refTo(nameOf(type)).$ref])) },
    },
    ...factComponents(fact),
    Assumptions: assumptions(preview),
    Pathway: jsonSchema(pathwayAnswer),
    Certificate: jsonSchema(certificateAnswer),
    Policies: jsonSchema(policiesAnswer),
    Policy: jsonSchema(policyAnswer),
    Preview: jsonSchema(previewAnswer),
    Board: jsonSchema(boardAnswer),
    Timeline: jsonSchema(timelineAnswer),
    Problem: jsonSchema(problemShape),
    Health: jsonSchema(healthAnswer),
  };
}

/** What a preview assumes: facts as they are told, and when and by whom, where that matters. */
function assumptions(preview: z.ZodType): object {
  // Of its facts only the references are kept: the Fact itself stands beside it.
  const { properties = {}, $defs: _, ...rest } = jsonSchema(preview) as { properties?: object; $defs?: object };
  const told = { toldOn: { type: 'string', format: 'date' }, by: { type: 'string', enum: roles } };
  const assume = { type: 'array', maxItems: 200, items: { allOf: [refTo('Fact'), { type: 'object', properties: told }] } };
  return { ...rest, properties: { ...properties, assume } };
}

function factComponents(fact: z.ZodType): Record<string, object> {
  // A correction holds another fact, which zod names as the root of what it was given.
  const schema = JSON.stringify(jsonSchema(fact)).replaceAll('"$ref":"#"', JSON.stringify(refTo('Fact')).slice(1, -1));
  const { oneOf = [] } = JSON.parse(schema) as { oneOf?: object[] };
  return Object.fromEntries(
    factTypes.map((type, at) => [nameOf(type), { ...oneOf[at], description: `${facts[type].says.nl} Source: ${facts[type].source}.` }]),
  );
}

function nameOf(type: string): string {
  return `Fact-${type}`;
}

function refTo(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', override: ({ jsonSchema: made }) => withoutPattern(made) });
  return rest;
}

// The format says all; the expression behind a date fills a page.
function withoutPattern(made: z.core.JSONSchema.BaseSchema): void {
  if (made.format === 'date' || made.format === 'date-time') delete made.pattern;
}
