import { z } from 'zod';

type Components = z.core.$ZodRegistry<{ id: string }>;

/** Every component of openapi.json by its name. A component within another is a reference to it. */
export function componentSchemas(components: Components): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const { schemas } = z.toJSONSchema(components, { ...options, uri: (name) => refTo(name).$ref });
  return Object.fromEntries(Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]));
}

/** One schema as openapi.json shows it. */
export function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, options);
  return rest;
}

/** A reference to a component of openapi.json. */
export function refTo(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const options = { io: 'input', override: ({ jsonSchema: made }: { jsonSchema: JsonSchema }) => plainly(made) } as const;

/** A text that may be absent becomes a schema of two types, not one of two schemas, so that its format stands beside its name. */
function plainly(made: JsonSchema): void {
  const [shape, nothing, ...others] = made.anyOf ?? [];
  if (isText(shape) && nothing?.type === 'null' && others.length === 0) {
    delete made.anyOf;
    Object.assign(made, { ...shape, ...made, type: ['string', 'null'] });
  }
  // The format is enough; the regular expression of a date fills a page.
  if (made.format === 'date' || made.format === 'date-time') delete made.pattern;
}

function isText(shape: JsonSchema | undefined): shape is JsonSchema {
  return shape?.type === 'string' && shape.enum === undefined;
}
