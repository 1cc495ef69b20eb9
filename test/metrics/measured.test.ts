import { MockActivityEnvironment } from '@temporalio/testing';
import { statusOf } from '../../src/api/http/errorHandler';
import { createActivities } from '../../src/activities';
import { writtenNowhere } from '../../src/activities/writeRegister';
import type { Casework } from '../../src/casework/casework';
import type { CaseRegister } from '../../src/casework/ports/caseRegister';
import type { Cases } from '../../src/casework/ports/pathways';
import { Refused } from '../../src/casework/refused';
import { registeredPathways } from '../../src/casework/registered';
import { record, type CaseFile } from '../../src/domain/case/caseFile';
import { carriedFile } from '../../src/domain/case/carriedFile';
import { measuredActivities } from '../../src/metrics/measuredActivities';
import { measuredCasework, measuredTakeovers } from '../../src/metrics/measuredCasework';
import type { Meters } from '../../src/metrics/meters';
import { lookingAt } from '../../src/metrics/observer';
import { keptNowhere } from '../../src/privacy/derivedKeys';
import type { OpenCases } from '../../src/store/numbers';
import { StoreAway } from '../../src/store/storeAway';
import { aCase, callerOf } from '../support/aCase';
import { partners, staff } from '../activities/given';

let measured: [name: string, value: number, labels: object][] = [];
const meters: Meters = { measure: (name, value, labels) => void measured.push([name, value, labels]) };
beforeEach(() => (measured = []));

describe('writes that a case takes over', () => {
  it.each([
    ['the register has the change', { read: true, write: true }, []],
    ['the API could not write', { read: true, write: false }, [{ since: 'not-written' }]],
    ['the API could not read', { read: false, write: false }, [{ since: 'not-read' }]],
  ])('are counted once for each fact: %s', async (_, mood, expected) => {
    await pathwaysWhere(mood).tell(file.start.reference, contactMissed);
    expect(measured.filter(([name]) => name === 'pathways_writes_taken_over_total').map(([, value, labels]) => [value, labels])).toEqual(
      expected.map((labels) => [1, labels]),
    );
  });

  it('are not counted where the case could not be told', async () => {
    const telling = pathwaysWhere({ read: true, write: false, isTold: false }).tell(file.start.reference, contactMissed);
    await expect(telling).rejects.toThrow('no-answer');
    expect(measured).toEqual([]);
  });
});

describe('readings', () => {
  it.each([
    [true, 'register'],
    [false, 'case'],
  ])('are counted by what answers', async (read, source) => {
    await pathwaysWhere({ read, write: true }).timeline(file.start.reference, callerOf('caseworker'));
    expect(measured).toEqual([['pathways_reads_total', 1, { source }]]);
  });
});

describe('commands', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['done', async () => undefined],
    ['refused', () => Promise.reject(new Refused('fact-not-possible', { missing: [], allowedFacts: [] }))],
    ['failed', () => Promise.reject(new Refused('no-answer'))],
    ['failed', () => Promise.reject(new Error('a mistake of ours'))],
  ])('are timed by their result: %s', async (result, tell) => {
    const casework = measuredCasework({ tell } as unknown as Casework, statusOf, meters);
    await casework
      .tell({ caller: callerOf('police'), now: given.now, request: { id: '', trace: '' }, reference: 'BT-1' })
      .catch(() => undefined);
    expect(measured).toEqual([['pathways_command_duration_seconds', expect.any(Number), { command: 'tell', result }]]);
  });
});

describe('mail and notices', () => {
  it('are counted by the outcome of each', async () => {
    const outcomes = [
      { id: 'a', outcome: 'delivered' },
      { id: 'b', outcome: 'refused', next: null },
      { id: 'c', outcome: 'delivered' },
    ] as const;
    const unmeasured = createActivities({ mailer, staff, partners, keys: keptNowhere, register: writtenNowhere, publicUrl: '' });
    const sending = {
      ...unmeasured,
      notify: { ...unmeasured.notify, sendDigests: async () => [...outcomes], iomReturn: async () => outcomes[1] },
    };
    const { notify } = measuredActivities(sending, meters);
    const asked = { reference: 'BT-1', office: 'amsterdam', letters: [] };
    expect(await new MockActivityEnvironment().run(notify.sendDigests, asked)).toEqual(outcomes);
    await new MockActivityEnvironment().run(notify.iomReturn, { reference: 'BT-1', notice });
    expect(measured.filter(([name]) => name.endsWith('_total'))).toEqual([
      ['pathways_mails_total', 1, { outcome: 'delivered' }],
      ['pathways_mails_total', 1, { outcome: 'refused' }],
      ['pathways_mails_total', 1, { outcome: 'delivered' }],
      ['pathways_notices_total', 1, { outcome: 'refused' }],
    ]);
  });

  const mailer = { send: async () => '<1@example.org>', close: () => undefined };
});

describe('numbers that are read at intervals', () => {
  it('go to zero with the last case of a stage, and tell the office that has none', async () => {
    let open: readonly OpenCases[] = [{ office: 'utrecht', stage: 'decision', cases: 3, unreached: 2 }];
    const look = lookingAt({ ...sources, numbers: { openCases: async () => open, lastComparison: async () => undefined } });
    await look();
    expect(last('pathways_open_cases', { stage: 'decision', office: 'utrecht' })).toBe(3);
    expect(last('pathways_open_cases', { stage: 'decision', office: 'amsterdam' })).toBe(0);
    expect(last('pathways_unreached_recipients', { office: 'utrecht' })).toBe(2);
    open = [];
    await look();
    expect(last('pathways_open_cases', { stage: 'decision', office: 'utrecht' })).toBe(0);
    expect(last('pathways_unreached_recipients', { office: 'utrecht' })).toBe(0);
  });

  it('get old while their source is away, which is told once; those of the other source go on', async () => {
    const away = async () => Promise.reject(new StoreAway(new Error('away')));
    const look = lookingAt({ ...sources, numbers: { openCases: away, lastComparison: away } });
    await look();
    await look();
    const observed = measured.filter(([name]) => name === 'pathways_observed_timestamp_seconds').map(([, , labels]) => labels);
    expect(observed).toEqual([{ source: 'engine' }, { source: 'engine' }]);
    expect(failed).toEqual(['register']);
    expect(last('pathways_stopped_cases', { state: 'blocked' })).toBe(1);
    expect(last('pathways_mail_orders_waiting', {})).toBe(4);
  });

  const failed: string[] = [];
  const sources = {
    readiness: async () => ({ parts: { temporal: 'up', worker: 'down' }, cases: { ended: 0, blocked: 1, stranded: 0 } }) as const,
    engine: async () => ({ mailOrders: 4, oldestMailSeconds: 9, missedWakes: 0 }),
    offices: ['amsterdam'],
    meters,
    failed: (source: string) => void failed.push(source),
  };
});

/** The value that a gauge has in the end. */
function last(name: string, labels: object): number | undefined {
  return measured.findLast(([each, , its]) => each === name && JSON.stringify(its) === JSON.stringify(labels))?.[1];
}

function pathwaysWhere({ read, write, isTold = true }: { readonly read: boolean; readonly write: boolean; readonly isTold?: boolean }) {
  const register: CaseRegister = {
    read: async () => (read ? file : undefined),
    write: async () => write,
    takenOver: () => undefined,
  };
  const cases: Pick<Cases, 'tell' | 'timeline' | 'askToRegister'> = {
    tell: async (_reference, _submission, exchange) =>
      exchange(async (knows) => ({
        revision: after.revision,
        ...(knows === null ? { file: carriedFile(after, { withEdition: true }) } : { entry: after.entries.at(-1) }),
      })),
    timeline: async () => [],
    askToRegister: async () => {
      if (!isTold) throw new Refused('no-answer');
    },
  };
  const measuredParts = measuredTakeovers(cases as Cases, register, meters);
  return registeredPathways(measuredParts.cases, measuredParts.register, (source) => meters.measure('pathways_reads_total', 1, { source }));
}

const given = aCase();
const { file } = given;
const contactMissed = {
  fact: { type: 'contactMissed', on: file.start.indication.observedOn },
  by: callerOf('caseworker'),
  receivedAt: given.now,
} as const;
const after = record(file, contactMissed) as CaseFile;
const notice = { id: 'n', kind: 'departing', partner: 'iom', at: given.now, on: file.start.indication.observedOn } as const;
