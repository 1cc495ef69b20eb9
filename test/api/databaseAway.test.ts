import { openAudit, type OpenedAudit } from '../../src/commands/openAudit';
import { keyedHashOf } from '../../src/privacy/keyedHash';
import { StoreAway } from '../../src/store/storeAway';
import type { RegisterTable } from '../../src/store/register';
import { auditTableInMemory, type AuditTableInMemory } from '../support/auditTable';
import { rowsInMemory } from '../support/keyRows';
import { registerInMemory } from '../support/registerInMemory';
import { until } from '../support/until';
import { intake, key, startService, type Answer, type Service } from './support/service';

describe('while the database is away', () => {
  it('a case is read and takes facts, and their lines are appended afterwards, in order, each once, with their own time', async () => {
    const reference = await known();
    const path = `/v1/pathways/${reference}`;
    const before = table.lines().length;
    goesAway();

    const begun = new Date().toISOString();
    const answers = [
      await service.as('police-1').get(path),
      await service.as('police-1').tell(reference, { type: 'reflectionStarted' }),
      await service.as('lawyer-1').tell(reference, { type: 'reflectionStarted' }),
      await service.as('police-1').get(`${path}/facts`),
    ];
    const ended = new Date().toISOString();
    expect(answers.map(({ status }) => status)).toEqual([200, 201, 403, 200]);
    expect(answers[3]?.body.items.map(({ type }: { type: string }) => type)).toEqual(['reflectionStarted']);
    expect(table.lines()).toHaveLength(before);

    comesBack();
    await until('the lines are appended', () => table.lines().length >= before + 5);
    expect((await service.as('supervisor-1').get(`${path}/access-log`)).status).toBe(200);
    const [times, lines] = [timesSince(before), table.lines().slice(before)];
    expect(lines.map(({ did, who, outcome }) => [did, who, outcome])).toEqual([
      ['read', 'police-1', 'asked'],
      ['tell', 'police-1', 'asked'],
      ['tell', 'lawyer-1', 'asked'],
      ['tell', 'lawyer-1', 'refused'],
      ['timeline', 'police-1', 'asked'],
      ['accessLog', 'supervisor-1', 'seen'],
    ]);
    expect(times).toHaveLength(5);
    expect(times).toEqual([begun, ...times, ended].toSorted().slice(1, -1));
    const { body } = await service.as('supervisor-1').get(`${path}/access-log`);
    expect(body.items.slice(1, 6).map(({ at }: { at: string }) => at)).toEqual(times.toReversed());
  });

  it('an intake and the access log have to wait, since their lines are durable', async () => {
    const path = `/v1/pathways/${await known()}`;
    const before = table.lines().length;
    goesAway();
    comesBackLater(await service.as('caseworker-1').post('/v1/pathways', intake(), 'an intake'));
    comesBackLater(await service.as('supervisor-1').get(`${path}/access-log`));
    comesBack();
    expect((await service.as('caseworker-1').post('/v1/pathways', intake(), 'an intake')).status).toBe(201);
    expect(table.lines().slice(before)).toMatchObject([{ did: 'open', outcome: 'done' }]);
  });

  it('the register is told to be behind until the case has written itself', async () => {
    const reference = await known();
    goesAway();
    for (const type of ['reflectionStarted', 'interviewHeld'])
      expect((await service.as('police-1').tell(reference, { type })).status).toBe(201);
    expect(await service.register.lag()).toMatchObject({ waiting: 1 });
    comesBack();
    await until('the register has the case', async () => (await service.register.lag()).waiting === 0);
    expect(await service.register.lag()).toEqual({ waiting: 0, oldestSeconds: 0 });
    expect((await service.written.read(reference))?.file.entries.map(({ type }) => type)).toEqual(['reflectionStarted', 'interviewHeld']);
  });
});

describe('while the database hangs', () => {
  it('a case is read and takes facts all the same', async () => {
    const reference = await known();
    const before = table.lines().length;
    goesAway();
    table.is('hangs');
    expect((await service.as('police-1').get(`/v1/pathways/${reference}`)).status).toBe(200);
    expect((await service.as('police-1').tell(reference, { type: 'interviewHeld' })).status).toBe(201);
    expect(table.lines()).toHaveLength(before);
    comesBack();
    await until('the lines are appended', () => table.lines().length >= before + 2);
    expect(table.lines().slice(before)).toMatchObject([{ did: 'read' }, { did: 'tell' }]);
  });
});

let service: Service;
let audit: OpenedAudit;
let table: AuditTableInMemory;
let registerIsAway = false;

beforeAll(async () => {
  table = auditTableInMemory();
  audit = openAudit({ audit: table, caseKeys: rowsInMemory() }, keyedHashOf(key));
  service = await startService({ registerTable: thatGoesAway(registerInMemory()), audit: audit.audit });
});
afterEach(() => comesBack());
afterAll(async () => {
  await service.stop();
  await audit.stop();
});

/** An open case whose key is in memory, and whose first mail has left. The register has it, and every case of before. */
async function known(): Promise<string> {
  await until('the register has every case', async () => (await service.register.lag()).waiting === 0);
  const reference = await service.open();
  await service.sent(reference);
  await service.settled(reference);
  return reference;
}

function goesAway(): void {
  service.keyRows.goesAway();
  registerIsAway = true;
  table.is('away');
}

function comesBack(): void {
  service.keyRows.comesBack();
  registerIsAway = false;
  table.goOn('answer');
}

function thatGoesAway(inMemory: RegisterTable): RegisterTable {
  const ifThere = async <T>(call: () => Promise<T>): Promise<T> => {
    if (registerIsAway) throw new StoreAway(new Error('stopped by the test'));
    return call();
  };
  return {
    ...inMemory,
    write: (written) => ifThere(() => inMemory.write(written)),
    ofReference: (reference) => ifThere(() => inMemory.ofReference(reference)),
    revisionsOf: (references) => ifThere(() => inMemory.revisionsOf(references)),
    isFilled: () => ifThere(() => inMemory.isFilled()),
  };
}

/** The own times of the lines from this place on, in the order of the record. */
function timesSince(place: number): readonly string[] {
  return table
    .lines()
    .slice(place)
    .flatMap(({ at }) => at ?? []);
}

function comesBackLater({ status, headers, body }: Answer): void {
  expect([status, body.code]).toEqual([503, 'no-answer']);
  expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
}
