import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openapiOf } from '../../src/api/responses/openapi';
import { problemCodes, problemsMetBy } from '../../src/api/problems/problems';
import { schemasFor } from '../../src/casework/requests/schemas';
import { factFields, factTypes, type FactType } from '../../src/domain/facts/catalogue';
import { startService, type Service } from './support/service';
import { demoStaff } from './support/staff';

describe('the description of the API', () => {
  it('lists exactly the facts of the fact table, each with exactly its fields', () => {
    const { oneOf, discriminator } = schemas['Fact'];
    expect(Object.keys(discriminator.mapping)).toEqual(factTypes);
    expect(oneOf).toEqual(Object.values(discriminator.mapping).map(($ref) => ({ $ref })));
    for (const type of factTypes) {
      const { properties, required, additionalProperties } = schemas[nameOf(type)];
      expect(Object.keys(properties).toSorted()).toEqual(['type', 'on', ...namesOf(type).map(bare)].toSorted());
      expect(required.toSorted()).toEqual(['type', ...namesOf(type).filter((name) => bare(name) === name)].toSorted());
      expect([properties.type.const, additionalProperties]).toEqual([type, false]);
    }
  });

  it('lists the codes of each field, and the Dutch sentence of each fact', () => {
    expect(schemas['FactCooperated'].properties.form.enum).toEqual(factFields.cooperated.form);
    expect(schemas['FactReflectionStarted'].description).toContain('Bedenktijd ingegaan.');
    expect(schemas['FactReflectionStarted'].properties.on).toEqual({ type: 'string', format: 'date' });
  });

  it('contains every schema that it refers to', () => {
    for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g))
      expect(reference?.split('/').reduce((part: any, name) => part?.[name], document)).toBeDefined(); // eslint-disable-line @typescript-eslint/no-explicit-any
  });

  it('lists exactly the paths of the service', async () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const { servers = [{ url: '/v1' }], ...operations } = methods as { servers?: { url: string }[] };
      const base = servers[0]?.url.replace('https://cases.example.org', '') ?? '';
      const { headers, status } = await service.send('OPTIONS', `${base}${path.replace('{reference}', 'BT-0000-0000-0000-0')}`);
      const allowed = headers
        .get('Allow')
        ?.split(', ')
        .filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
      expect([status, allowed?.toSorted()]).toEqual([
        204,
        Object.keys(operations)
          .map((method) => method.toUpperCase())
          .toSorted(),
      ]);
    }
  });

  it('passes the linter of the national API Design Rules without an error or a warning', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'openapi-'));
    const file = join(directory, 'openapi.json');
    await writeFile(file, JSON.stringify((await service.send('GET', '/v1/openapi.json')).body));
    const linted = await lint(file);
    await rm(directory, { recursive: true });
    expect(linted).toContain('No results with a severity of');
  });

  it('lists the problems of each operation: bad input, a missing login, and every problem somewhere', () => {
    const operations: any[] = Object.values(document.paths).flatMap((path: any) => [path.get ?? [], path.post ?? []].flat()); // eslint-disable-line @typescript-eslint/no-explicit-any
    expect(operations).not.toEqual([]);
    for (const { responses, security } of operations) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '500', 'default', ...(security ? [] : ['401', '403', '503'])]));
      expect('401' in responses).toBe(security === undefined);
    }
    const tell = document.paths['/pathways/{reference}/facts'].post.responses;
    expect(tell['409'].description).toContain('`later-fact-depends`');
    expect(tell['404'].description).toContain('`not-found`');
    expect(Object.keys(tell['503'].headers)).toContain('Retry-After');
    const said = JSON.stringify(operations);
    expect(problemCodes.filter((code) => !said.includes(`\`${code}\``))).toEqual(problemsMetBy(['none']).map(({ code }) => code));
  });

  it('is readable without a login, and from any page', async () => {
    const { status, headers, body } = await service.send('GET', '/v1/openapi.json');
    expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([200, '*']);
    expect(body).toEqual(JSON.parse(JSON.stringify(document)));
  });
});

const document: any = openapiOf(schemasFor({ staff: demoStaff }), { publicUrl: 'https://cases.example.org', email: demoStaff.operations }); // eslint-disable-line @typescript-eslint/no-explicit-any
const { schemas } = document.components;

let service: Service;
beforeAll(async () => {
  service = await startService({ worker: false });
});
afterAll(() => service.stop());

/** The linter's findings for a file. It reads its rules from `.spectral.yaml` and from nowhere else. */
async function lint(file: string): Promise<string> {
  const spectral = require.resolve('@stoplight/spectral-cli/dist/index.js');
  const rules = join(__dirname, '../../.spectral.yaml');
  const run = promisify(execFile)(process.execPath, [spectral, 'lint', '--fail-severity=hint', '--ruleset', rules, file]);
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  return stdout;
}

function nameOf(type: FactType): string {
  return `Fact${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
}

function namesOf(type: FactType): string[] {
  return Object.keys(factFields[type]);
}

function bare(name: string): string {
  return name.replace('?', '');
}
