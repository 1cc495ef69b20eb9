import { createHash } from 'node:crypto';
import { problemShape } from '../../src/api/responses/problemSchemas';
import { referenceFrom } from '../../src/casework/requests/references';
import { caseAttributes } from '../../src/domain/views/caseAttributes';
import { refold, type CaseFile } from '../../src/domain/case/caseFile';
import type { RecordedFact } from '../../src/domain/facts/recordedFact';
import * as messages from '../../src/workflows/messages';
import { until } from '../support/until';
import { daysFromNow, startService, type Service } from './support/service';

describe('a case that is full', () => {
  it('refuses a new fact and says what people can do', async () => {
    const { status, body } = await service.as('police-1').tell(reference, { type: 'interviewHeld' });
    expect([status, body.code]).toEqual([409, 'case-full']);
    expect(body.detail).toMatch(/close it with its result, and open another/);
    expect(body.allowedFacts).toEqual(['taskCompleted', 'travelled', 'departedUnknown']);
    expect(problemShape.safeParse(body).success).toBe(true);
  });

  it('is still readable', async () => {
    expect(await timeline()).toHaveLength(500);
    const { status, body } = await service.as('police-1').get(`/v1/pathways/${reference}`);
    expect([status, body.stage, body.allowedFacts]).toEqual([200, 'intake', ['taskCompleted', 'travelled', 'departedUnknown']]);
  });

  it('continues in a new run with all its facts', async () => {
    const before = await runId();
    const { status, body } = await service.as('police-1').tell(reference, { type: 'departedUnknown' });
    expect([status, body.stage]).toEqual([201, 'contactLost']);
    await until('a new run', async () => (await runId()) !== before);
    expect(await timeline()).toHaveLength(501);
    expect((await service.as('police-1').get(`/v1/pathways/${reference}`)).body.stage).toBe('contactLost');
  });

  it('still accepts facts after endless signals, and shows the number of those signals', async () => {
    const handle = service.signaller.workflow.getHandle(messages.workflowIdOf(reference));
    const tooLong = { answer: 'x'.repeat(1_000_000), recordedBy: 'police-1' };
    await handle.signal(messages.cooperation, tooLong);
    await Promise.all(Array.from({ length: 60 }, () => handle.signal(messages.cooperation, { nonsense: true })));
    await until('the last signal', async () => (await timeline()).at(-1)?.type === 'signalsCounted');
    const items = await timeline();
    expect(items).toHaveLength(501 + 50 + 1);
    expect(items.at(-1)).toMatchObject({ number: 11, sentence: expect.stringMatching(/^And 11 more reports/) });
    expect((await service.as('police-1').tell(reference, { type: 'departedUnknown' })).status).toBe(201);
  });
});

let service: Service;
let reference: string;

beforeAll(async () => {
  service = await startService();
  const opened = await service.open();
  const file = await service.client.workflow.getHandle(messages.workflowIdOf(opened)).query(messages.caseFile);
  reference = referenceFrom(createHash('sha256').update(opened).digest());
  await begin(fullOf({ ...file, start: { ...file.start, reference } }));
});
afterAll(() => service.stop());

/** Recording so many facts one by one would take a minute, so the run starts with them. */
function fullOf({ start }: CaseFile): CaseFile {
  const by = { id: 'caseworker-1', roles: ['caseworker'], office: 'amsterdam' } as const;
  const fact = { type: 'consentGiven', on: daysFromNow(0), purpose: `crossBorder:${'p'.repeat(63)}` } as RecordedFact;
  const entries = Array.from({ length: 500 }, (_, each): RecordedFact => {
    const key = { hash: 'a'.repeat(64), body: 'b'.repeat(64) };
    return { ...fact, id: `fact-${each + 1}`, by, receivedAt: start.registeredAt, key };
  });
  return refold(start, entries);
}

async function begin({ start, entries, ...file }: CaseFile): Promise<void> {
  await service.keys.make(start.reference, start.office);
  await service.client.workflow.start(messages.workflowType, {
    workflowId: messages.workflowIdOf(start.reference),
    taskQueue: messages.pathwayQueue,
    args: [{ version: 1, start, entries } satisfies messages.PathwayStart],
    typedSearchAttributes: messages.attributesOf(caseAttributes({ start, entries, ...file }, start.registeredAt)),
    memo: { since: file.situation.since },
  });
}

async function timeline(): Promise<{ readonly type: string }[]> {
  const { status, body } = await service.as('caseworker-1').get(`/v1/pathways/${reference}/facts`);
  expect(status).toBe(200);
  return body.items as { readonly type: string }[];
}

async function runId(): Promise<string> {
  return (await service.client.workflow.getHandle(messages.workflowIdOf(reference)).describe()).runId;
}
