import { z } from 'zod';

/** A schema of ours as openapi.json shows it. */
export function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', override: ({ jsonSchema: made }) => plainly(made) });
  return rest;
}

/** One of the schemas that openapi.json names. */
export function refTo(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A text that may be absent is of two types rather than one of two shapes, so that its format stands beside its name. */
function plainly(made: JsonSchema): void {
  // The format says all; the expression behind a date fills a page.
  if (made.format === 'date' || made.format === 'date-time') delete made.pattern;
  const [shape, nothing, ...others] = made.anyOf ?? [];
  if (!isText(shape) || nothing?.type !== 'null' || others.length > 0) return;
  delete made.anyOf;
  Object.assign(made, { ...shape, ...made, type: ['string', 'null'] });
}

function isText(shape: JsonSchema | undefined): boolean {
  return shape?.type === 'string' && shape.enum === undefined;
}
