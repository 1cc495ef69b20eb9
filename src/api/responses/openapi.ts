import type { z } from 'zod';
import { facts } from '../../domain/rules';
import { roles } from '../../domain/basics/roles';
import { factTypes, type FactType } from '../../domain/facts/catalogue';
import {
  boardAnswer,
  certificateAnswer,
  explanationAnswer,
  healthAnswer,
  intakeAnswer,
  pathwayAnswer,
  policiesAnswer,
  policyAnswer,
  previewAnswer,
  problemShape,
  timelineAnswer,
} from './schemas';
import { jsonSchema, refTo } from './jsonSchema';
import { parameters, pathsOf, responses } from './openapiPaths';
import type { Schemas } from '../../casework/requests/schemas';
import { apiVersion } from '../http/version';

/** Where people reach an installation, and whoever runs it. */
interface Installation {
  readonly publicUrl: string;
  readonly email: string;
}

/** The description of this API (OpenAPI 3.1), made from the schemas that check the requests. */
export function openapiOf(schemas: Schemas, { publicUrl, email }: Installation): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Pathways of possible victims of human trafficking',
      description:
        'Carries a person from the first indication (geringste aanwijzing) through the reflection period (bedenktijd) to a permit or a safe return. ' +
        'A case is a list of facts; everything else follows from them. Dutch terms stand in the descriptions.',
      version: apiVersion,
      contact: { name: 'Who runs this service', url: publicUrl, email },
    },
    servers: [{ url: `${publicUrl}/v1` }],
    security: [{ token: [] }],
    paths: pathsOf(schemas, publicUrl),
    components: { schemas: componentsOf(schemas), responses, parameters, securitySchemes },
  };
}

const securitySchemes = { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From the OpenID Connect issuer.' } };

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
    RegisteredIntake: jsonSchema(intakeAnswer),
    Certificate: jsonSchema(certificateAnswer),
    Policies: jsonSchema(policiesAnswer),
    Policy: jsonSchema(policyAnswer),
    Preview: jsonSchema(previewAnswer),
    Board: jsonSchema(boardAnswer),
    Timeline: jsonSchema(timelineAnswer),
    Problem: jsonSchema(problemShape),
    ProblemExplained: jsonSchema(explanationAnswer),
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
  const { oneOf = [] } = jsonSchema(fact) as { oneOf?: { properties?: object }[] };
  const described = (type: FactType) => `${facts[type].says.nl} Source: ${facts[type].source}.`;
  const schemas = factTypes.map((type, at) => [nameOf(type), { ...oneOf[at], description: described(type) }] as const);
  return {
    ...Object.fromEntries(schemas),
    [nameOf('corrected')]: correction(oneOf[factTypes.indexOf('corrected')], described('corrected')),
  };
}

/** A correction holds any other fact, which stands beside it whole. */
function correction(schema: { readonly properties?: object } | undefined, description: string): object {
  const right = { ...refTo('Fact'), description: 'The fact that is right. If that is a correction, it has no `with` of its own.' };
  return { ...schema, properties: { ...schema?.properties, with: right }, description };
}

function nameOf(type: string): string {
  return `Fact${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
}
