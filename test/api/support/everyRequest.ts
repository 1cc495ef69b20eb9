import { openapiOf } from '../../../src/api/responses/openapi';
import { schemasFor } from '../../../src/casework/requests/schemas';
import type { Answer } from './service';
import { demoStaff } from './staff';

/** A reference that no case has, and a text that cannot be a reference. */
export const unknown = 'BT-0000-0000-0000-0';
export const impossible = 'BT-0000-0000-0000-1';

/** A value for each name in a path, but the reference. A path with another name breaks the tests: they would not know what to ask. */
const named: Readonly<Record<string, string>> = {
  deadline: 'reflection-period',
  edition: 'NL-2023-05',
  outage: '202612010800',
  code: 'not-found',
  table: 'sex',
  publication: 'unknown',
};

interface RequestOfTheApi {
  readonly method: string;
  /** From the host on, with a place for the reference if it names a case. */
  readonly path: string;
  readonly namesACase: boolean;
}

/** Every request that the API answers, from its own description: a new path is among them without more ado. */
export function everyRequest(): RequestOfTheApi[] {
  const { paths } = openapiOf(schemasFor({ staff: demoStaff }), {
    publicUrl: 'https://cases.example.org',
    email: demoStaff.operations,
  }) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([template, operations]) => {
    const { servers, ...methods } = operations as { servers?: unknown };
    const path = template.replaceAll(/\{(\w+)\}/g, (place, name: string) => (name === 'reference' ? place : valueOf(name)));
    // A path with servers of its own is one of the host.
    const shared = { path: servers === undefined ? `/v1${path}` : path, namesACase: path.includes('{reference}') };
    return Object.keys(methods).map((method) => ({ method: method.toUpperCase(), ...shared }));
  });
}

function valueOf(name: string): string {
  const value = named[name];
  if (value === undefined) throw new Error(`the tests know no value for {${name}} in a path of the API`);
  return value;
}

/** An answer without the parts that differ between any two answers. */
export function comparable(answer: Answer | undefined): object {
  const headers = Object.fromEntries([...(answer?.headers ?? [])].filter(([name]) => name !== 'x-request-id' && name !== 'date'));
  return { status: answer?.status, headers, body: answer?.body };
}
