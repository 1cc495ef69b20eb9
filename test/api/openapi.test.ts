import { openapiOf } from '../../src/api/openapi';
import { schemasFor } from '../../src/api/schemas';
import { factFields, factTypes, type FactType } from '../../src/domain/facts/fields';
import { startService, type Service } from './support/service';
import { demoStaff } from './support/staff';

describe('the description of the API', () => {
  it('lists exactly the facts of the table, each with exactly its fields', () => {
    const { oneOf, discriminator } = schemas['Fact'];
    expect(Object.keys(discriminator.mapping)).toEqual(factTypes);
    expect(oneOf).toEqual(Object.values(discriminator.mapping).map(($ref) => ({ $ref })));
    for (const type of factTypes) {
      const { properties, required, additionalProperties } = schemas[`Fact-${type}`];
      expect(Object.keys(properties).toSorted()).toEqual(['type', 'on', ...namesOf(type).map(bare)].toSorted());
      expect(required.toSorted()).toEqual(['type', ...namesOf(type).filter((name) => bare(name) === name)].toSorted());
      expect([properties.type.const, additionalProperties]).toEqual([type, false]);
    }
  });

  it('says which codes a field may hold, and the Dutch sentence of each fact', () => {
    expect(schemas['Fact-cooperated'].properties.form.enum).toEqual(factFields.cooperated.form);
    expect(schemas['Fact-reflectionStarted'].description).toContain('Bedenktijd ingegaan.');
    expect(schemas['Fact-reflectionStarted'].properties.on).toEqual({ type: 'string', format: 'date' });
  });

  it('refers to nothing that it lacks', () => {
    for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g))
      expect(reference?.split('/').reduce((part: any, name) => part?.[name], document)).toBeDefined(); // eslint-disable-line @typescript-eslint/no-explicit-any
  });

  it('names a path for each that the service has, and no other', async () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const { headers, status } = await service.send('OPTIONS', `/v1${path.replace('{reference}', 'BT-0000-0000-0000-0')}`);
      const allowed = headers
        .get('Allow')
        ?.split(', ')
        .filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
      expect([status, allowed?.toSorted()]).toEqual([
        204,
        Object.keys(methods as object)
          .map((method) => method.toUpperCase())
          .toSorted(),
      ]);
    }
  });

  it('is read without a login, and from any page', async () => {
    const { status, headers, body } = await service.send('GET', '/v1/openapi.json');
    expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([200, '*']);
    expect(body).toEqual(JSON.parse(JSON.stringify(document)));
  });
});

const document: any = openapiOf(schemasFor({ staff: demoStaff }), 'https://cases.example.org'); // eslint-disable-line @typescript-eslint/no-explicit-any
const { schemas } = document.components;

let service: Service;
beforeAll(async () => {
  service = await startService({ worker: false });
});
afterAll(() => service.stop());

function namesOf(type: FactType): string[] {
  return Object.keys(factFields[type]);
}

function bare(name: string): string {
  return name.replace('?', '');
}
