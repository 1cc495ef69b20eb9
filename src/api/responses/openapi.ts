import { z } from 'zod';
import { facts as factRows } from '../../domain/rules';
import { roles } from '../../domain/basics/roles';
import { factTypes } from '../../domain/facts/catalogue';
import {
  accessLogAnswer,
  certificateAnswer,
  partnerPathwayAnswer,
  pathwayAnswer,
  policiesAnswer,
  policyAnswer,
  previewAnswer,
  timelineAnswer,
} from './schemas';
import { boardAnswer, caseListAnswer, changesAnswer, forecastAnswer, outageAnswer, outageListAnswer, taskListAnswer } from './listSchemas';
import { intakeAnswer } from './intakeSchemas';
import { explanationAnswer, healthAnswer, problemShape } from './problemSchemas';
import { componentSchemas, refTo } from './jsonSchema';
import { parameters, pathsOf, responses } from './openapiPaths';
import { publicationAnswer, publicationsAnswer, statisticAnswer, statisticTablesAnswer } from './statisticsSchemas';
import type { Schemas } from '../../casework/requests/schemas';
import { publicationOrder } from '../../casework/requests/statisticsShapes';
import { apiVersion } from '../http/version';

/** The address of an installation, and of the people who run it. */
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
        'A case is a list of facts; everything else is derived from them. The descriptions hold the Dutch terms.',
      version: apiVersion,
      contact: { name: 'The operators of this service', url: publicUrl, email },
    },
    servers: [{ url: `${publicUrl}/v1` }],
    security: [{ token: [] }],
    paths: pathsOf(schemas, publicUrl),
    components: { schemas: componentsOf(schemas), responses, parameters, securitySchemes },
  };
}

const securitySchemes = { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From the OpenID Connect issuer.' } };

function componentsOf({ fact, facts, intake, preview }: Schemas): Record<string, object> {
  const components = z.registry<{ id: string }>();
  const add = (id: string, schema: z.ZodType) => components.add(schema, { id });
  add('Intake', intake);
  add('Fact', fact);
  for (const [place, type] of factTypes.entries()) add(nameOf(type), facts[place] ?? fact);
  add('Assumptions', preview);
  add('PublicationOrder', publicationOrder);
  for (const [id, schema] of Object.entries(answers)) add(id, schema);
  const made = componentSchemas(components);
  return { ...made, Fact: { ...made['Fact'], discriminator }, ...factComponents(made), Assumptions: assumptions(made['Assumptions']) };
}

const answers = {
  Pathway: pathwayAnswer,
  PartnerPathway: partnerPathwayAnswer,
  RegisteredIntake: intakeAnswer,
  Certificate: certificateAnswer,
  Policies: policiesAnswer,
  Policy: policyAnswer,
  Preview: previewAnswer,
  CaseList: caseListAnswer,
  TaskList: taskListAnswer,
  Board: boardAnswer,
  Forecast: forecastAnswer,
  Changes: changesAnswer,
  Outages: outageListAnswer,
  Outage: outageAnswer,
  Timeline: timelineAnswer,
  AccessLog: accessLogAnswer,
  StatisticTables: statisticTablesAnswer,
  Statistic: statisticAnswer,
  Publications: publicationsAnswer,
  Publication: publicationAnswer,
  Problem: problemShape,
  ProblemExplained: explanationAnswer,
  Health: healthAnswer,
};

const discriminator = { propertyName: 'type', mapping: Object.fromEntries(factTypes.map((type) => [type, refTo(nameOf(type)).$ref])) };

type Made = ReturnType<typeof componentSchemas>;

/** The assumed facts of a preview: facts as they are recorded, with the day and the role, where these matter. */
function assumptions(schema: Made[string] = {}): object {
  const occasion = { toldOn: { type: 'string', format: 'date' }, by: { type: 'string', enum: roles } };
  const assume = { type: 'array', maxItems: 200, items: { allOf: [refTo('Fact'), { type: 'object', properties: occasion }] } };
  return { ...schema, properties: { ...(schema['properties'] as object), assume } };
}

function factComponents(made: Made): Record<string, object> {
  const described = factTypes.map((type) => {
    const { says, source } = factRows[type];
    return [nameOf(type), { ...made[nameOf(type)], description: `${says.nl} Source: ${source}.` }] as const;
  });
  const components = Object.fromEntries(described);
  return { ...components, FactCorrected: correction(components['FactCorrected']) };
}

/** A correction holds any other fact, as a reference to the whole of it. */
function correction(schema: Made[string] = {}): object {
  const right = { ...refTo('Fact'), description: 'The fact that is right. If that is a correction, it has no `with` of its own.' };
  return { ...schema, properties: { ...(schema['properties'] as object), with: right } };
}

function nameOf(type: string): string {
  return `Fact${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
}
