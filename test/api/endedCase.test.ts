import { randomUUID } from 'node:crypto';
import { problemShape } from '../../src/api/responses/problemSchemas';
import { workflowIdOf } from '../../src/workflows/messages';
import { registerInMemory } from '../support/registerInMemory';
import { intake, startService, type Answer, type Service } from './support/service';

describe('a case whose run was ended in Temporal', () => {
  it.each(['while workers are there', 'while none is'])(
    'says that it has ended to callers with access, at every request, and to nobody else: %s',
    async (when) => {
      key = randomUUID();
      const opened = await service.as('caseworker-1').post('/v1/pathways', intake(), key);
      reference = opened.body.reference as string;
      await service.as('police-1').tell(reference, { type: 'reflectionStarted' });
      if (when === 'while none is') await service.rest();
      await ends();

      const answers = await Promise.all(everyRequest('caseworker-1'));
      for (const answer of answers) saysThatItEnded(answer);
      const repeated = await service.as('caseworker-1').post('/v1/pathways', intake(), key);
      saysThatItEnded(repeated);
      expect(service.logged).toContainEqual({ reference, status: 'TERMINATED' });

      const hidden = await Promise.all(everyRequest('caseworker-rotterdam-1'));
      const unknown = await service.as('caseworker-rotterdam-1').get('/v1/pathways/BT-0000-0000-0000-0');
      for (const { status, body } of hidden) expect({ status, body }).toEqual({ status: 404, body: unknown.body });
      await service.work();
    },
  );

  it('works again after a reset', async () => {
    reference = await service.open();
    await service.as('police-1').tell(reference, { type: 'interviewHeld' });
    await ends();
    saysThatItEnded(await service.as('caseworker-1').get(`/v1/pathways/${reference}`));
    const { workflowService } = service.client;
    const { runId } = await handle().describe();
    const execution = { workflowId: workflowIdOf(reference), runId };
    const { history } = await workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution });
    const [last] = (history?.events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes).toReversed();
    await workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: execution,
      workflowTaskFinishEventId: last?.eventId ?? null,
      requestId: randomUUID(),
      reason: 'a repair',
    });
    expect((await service.as('caseworker-1').get(`/v1/pathways/${reference}/facts`)).body.items).toMatchObject([{ type: 'interviewHeld' }]);
    expect((await service.as('police-1').tell(reference, { type: 'reflectionStarted' })).status).toBe(201);
    await service.settled(reference);
    await registerTable.markEnded({ ended: [], goOn: [reference] });
    expect((await service.as('caseworker-1').get(`/v1/pathways/${reference}`)).body.stage).toBe('reflection');
  });
});

const registerTable = registerInMemory();
let service: Service;
let reference: string;
let key: string;
beforeAll(async () => {
  service = await startService({ registerTable });
});
afterAll(() => service.stop());

const handle = () => service.client.workflow.getHandle(workflowIdOf(reference));

/** Somebody ends the run, and the watch sees it. */
async function ends(): Promise<void> {
  await handle().terminate('a mistake');
  await registerTable.markEnded({ ended: [reference], goOn: [] });
}

function everyRequest(who: string): Promise<Answer>[] {
  const caller = service.as(who);
  const at = `/v1/pathways/${reference}`;
  return [
    caller.get(at),
    caller.get(`${at}/facts`),
    caller.get(`${at}/deadlines/reflection-period`),
    caller.tell(reference, { type: 'consentGiven', purpose: 'medical' }),
    caller.tell(reference, { type: 'teamChanged', role: 'caseworker', staffId: 'caseworker-1' }),
  ];
}

function saysThatItEnded({ status, body }: Answer): void {
  expect([status, body.code]).toEqual([410, 'case-ended']);
  expect(problemShape.strict().parse(body)).toEqual(body);
}
