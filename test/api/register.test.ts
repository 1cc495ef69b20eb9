import { caseFile, cooperation, register, workflowIdOf } from '../../src/workflows/messages';
import { StoreAway } from '../../src/store/storeAway';
import type { RegisterTable } from '../../src/store/register';
import { registerInMemory } from '../support/registerInMemory';
import { until } from '../support/until';
import { startService, type Service } from './support/service';

/** What the register does with a call: answers, says that it is away, or never says anything. */
type Mood = 'there' | 'away' | 'silent';

let service: Service;
const moods: { read: Mood; write: Mood } = { read: 'there', write: 'there' };
let asked: string[] = [];

beforeAll(async () => {
  service = await startService({ registerTable: moody(registerInMemory()) });
});
beforeEach(() => {
  Object.assign(moods, { read: 'there', write: 'there' });
  asked = [];
});
afterAll(() => service.stop());

describe('a fact and the register', () => {
  it('is there once its teller has an answer, for another process too', async () => {
    const reference = await service.open();
    await service.sent(reference);
    expect((await told(reference, 'interviewHeld')).status).toBe(201);
    expect(await entriesInRegister(reference)).toEqual(['interviewHeld']);
    const another = await service.anotherApi();
    const { items } = (await another.as('police-1').get(`/v1/pathways/${reference}/facts`)).body;
    expect(items.map(({ type }: { type: string }) => type)).toEqual(['interviewHeld']);
  });

  it('reads as the case itself says, at the same minute', async () => {
    const reference = await service.open();
    await service.sent(reference);
    await told(reference, 'reflectionStarted');
    await service.settled(reference);
    const path = `/v1/pathways/${reference}`;
    const read = async (suffix: string) => (await service.as('police-1').get(`${path}${suffix}`)).body;
    const fromTheRegister = [await read(''), await read('/facts')];
    moods.read = 'away';
    expect([await read(''), await read('/facts')]).toEqual(fromTheRegister);
  });

  it.each<[string, Partial<typeof moods>]>([
    ['is away when it is read', { read: 'away', write: 'away' }],
    ['is away when it is written', { write: 'away' }],
    ['never answers', { read: 'silent', write: 'silent' }],
    ['never answers a write', { write: 'silent' }],
  ])('is recorded while the register %s, and the case writes itself once it is back', async (_, mood) => {
    const reference = await service.open();
    await service.sent(reference);
    await trusted();
    Object.assign(moods, mood);
    const { status, body } = await told(reference, 'reflectionStarted');
    expect({ status, stage: body.stage }).toEqual({ status: 201, stage: 'reflection' });
    expect((await told(reference, 'interviewHeld')).status).toBe(201);
    expect((await service.as('police-1').get(`/v1/pathways/${reference}/facts`)).body.items).toHaveLength(2);
    Object.assign(moods, { read: 'there', write: 'there' });
    await until('the case has written itself', async () => (await entriesInRegister(reference)).length === 2);
    await service.settled(reference);
  });

  it('is answered once more from the register, and recorded once', async () => {
    const reference = await service.open();
    await service.sent(reference);
    const first = await service.as('police-1').tell(reference, { type: 'interviewHeld' }, 'the same key');
    const again = await service.as('police-1').tell(reference, { type: 'interviewHeld' }, 'the same key');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await entriesInRegister(reference)).toEqual(['interviewHeld']);
  });

  it('of many processes at once is lost by none of them', async () => {
    const reference = await service.open();
    const others = [service, await service.anotherApi(), await service.anotherApi()];
    const answers = await Promise.all(
      Array.from({ length: 15 }, (_, each) =>
        (others[each % 3] ?? service).as('caseworker-1').tell(reference, { type: 'contactMissed' }, `number ${each}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 15 }, () => 201));
    await service.settled(reference);
    expect(await entriesInRegister(reference)).toHaveLength(15);
  });

  it('of a signal is written by the case', async () => {
    const reference = await service.open();
    await told(reference, 'reflectionStarted');
    await caseOf(reference).signal(cooperation, { answer: 'cooperates', form: 'reportSigned', recordedBy: 'police-1' });
    await until('the signal is in the register', async () => (await entriesInRegister(reference)).includes('cooperated'));
    await caseOf(reference).signal(cooperation, 'nonsense');
    await until('it is there as it came', async () => (await entriesInRegister(reference)).includes('signalMalformed'));
  });
});

describe('the signal "register"', () => {
  it('is no entry of a case, whatever comes with it, and changes nothing', async () => {
    const reference = await service.open();
    await service.sent(reference);
    await service.settled(reference);
    const before = await caseOf(reference).query(caseFile);
    for (let each = 0; each < 3; each += 1) await caseOf(reference).signal(register.name, { nonsense: each });
    await until('the case has written itself', () => asked.filter((call) => call === `write ${reference}`).length > 0);
    expect(await caseOf(reference).query(caseFile)).toEqual(before);
  });
});

describe('a read', () => {
  it('wakes no case', async () => {
    const reference = await service.open();
    await service.sent(reference);
    await service.settled(reference);
    await service.rest();
    for (const path of ['', '/facts', '/deadlines/nothing']) {
      const { status } = await service.as('police-1').get(`/v1/pathways/${reference}${path}`);
      expect(status).toBe(path === '/deadlines/nothing' ? 404 : 200);
    }
    await service.work();
  });
});

function caseOf(reference: string) {
  return service.signaller.workflow.getHandle(workflowIdOf(reference));
}

async function told(reference: string, type: string) {
  return service.as('police-1').tell(reference, { type });
}

async function entriesInRegister(reference: string): Promise<readonly string[]> {
  const mood = { ...moods };
  moods.read = 'there';
  const found = await service.written.read(reference);
  Object.assign(moods, mood);
  return (found?.file.entries ?? []).map(({ type }) => type);
}

/** A process asks a register that was away again only after a while. */
async function trusted(): Promise<void> {
  const reference = await service.open();
  await until('the register is read again', async () => {
    asked = [];
    await service.as('police-1').get(`/v1/pathways/${reference}`);
    return asked.includes(`read ${reference}`);
  });
}

function moody(table: RegisterTable): RegisterTable {
  const inMood = async <T>(mood: Mood, call: () => Promise<T>): Promise<T> => {
    if (mood === 'there') return call();
    // A worker that stops waits for the end of each call.
    if (mood === 'silent') await until('the test goes on', () => moods.read === 'there' && moods.write === 'there');
    throw new StoreAway(new Error('stopped by the test'));
  };
  return {
    ...table,
    write: async (written) => {
      asked.push(`write ${written.reference}`);
      return inMood(moods.write, () => table.write(written));
    },
    ofReference: async (reference) => {
      asked.push(`read ${reference}`);
      return inMood(moods.read, () => table.ofReference(reference));
    },
    isFilled: async () => inMood(moods.read, () => table.isFilled()),
  };
}
