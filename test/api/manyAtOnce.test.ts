import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { workflowIdOf } from '../../src/workflows/messages';
import { startService, type Answer, type Service } from './support/service';

const forty = Array.from({ length: 40 });
const tens = forty.slice(0, 10);

describe('forty requests at once about one case', () => {
  it('get the same answers as single requests: recorded, repeated, refused, read', async () => {
    const reference = await service.open();
    const [caseworker, police] = [service.as('caseworker-1'), service.as('police-1')];
    const key = randomUUID();
    const told = await Promise.all(forty.map(() => caseworker.tell(reference, { type: 'consentGiven', purpose: 'medical' })));
    const toldBefore = await Promise.all(forty.map(() => police.tell(reference, { type: 'interviewHeld' }, key)));
    const refused = await Promise.all(forty.map(() => police.tell(reference, { type: 'cooperationEnded' })));
    const read = await Promise.all(forty.map(() => police.get(`/v1/pathways/${reference}`)));

    expect(statuses(told)).toEqual([201]);
    expect(statuses(toldBefore)).toEqual([201]);
    expect(refused.map(({ body }) => body.code)).toEqual(forty.map(() => 'fact-not-possible'));
    expect(statuses(read)).toEqual([200]);
    const { items } = (await police.get(`/v1/pathways/${reference}/facts`)).body as { items: { type: string }[] };
    expect(items.map(({ type }) => type)).toEqual([...forty.map(() => 'consentGiven'), 'interviewHeld']);
  });

  it('get the same answers with several APIs in front of the same cases', async () => {
    const reference = await service.open();
    const doors = [service, await service.anotherApi(), await service.anotherApi(), await service.anotherApi()];
    const throughAll = async (who: string, fact: object) =>
      (await Promise.all(doors.map((door) => Promise.all(tens.map(() => door.as(who).tell(reference, fact)))))).flat();
    const refused = await throughAll('police-1', { type: 'cooperationEnded' });
    const told = await throughAll('caseworker-1', { type: 'consentGiven', purpose: 'medical' });

    expect(statuses(refused)).toEqual([409]);
    expect(statuses(told)).toEqual([201]);
    expect((await service.as('police-1').get(`/v1/pathways/${reference}/facts`)).body.items).toHaveLength(doors.length * tens.length);
  });
});

it('wait no longer than a single request behind one that nobody answers', async () => {
  const unanswered = await startService({ worker: false, patienceMs: 3_000 });
  try {
    const [crowded, quiet] = [await unanswered.open(), await unanswered.open()];
    const tell = (reference: string) => unanswered.as('police-1').tell(reference, { type: 'interviewHeld' });
    const crowd = Promise.all([1, 2, 3, 4].map(() => tell(crowded)));
    // When the single request has timed out, another single request starts. The crowd has its answers before that one has.
    await tell(quiet);
    const first = await Promise.race([crowd, tell(quiet).then(() => 'whoever came later')]);
    expect(first).not.toBe('whoever came later');
    expect(statuses(await crowd)).toEqual([503]);
  } finally {
    await unanswered.stop();
  }
});

describe('a fact that continues the case in a new run, while signals arrive', () => {
  it('is recorded, though the engine refuses the task that does both', async () => {
    const answers: Answer[] = [];
    for (let round = 0; round < 20; round += 1) {
      const reference = await service.open();
      const handle = service.signaller.workflow.getHandle(workflowIdOf(reference));
      const signals = Array.from({ length: 30 }, async (_, place) => {
        await pause(place * 4);
        await handle.signal('cooperation', { answer: 'declines', recordedBy: 'police-1' });
      });
      await pause(60);
      answers.push(await service.as('police-1').tell(reference, { type: 'reflectionStarted' }));
      await Promise.all(signals);
      const { items } = (await service.as('police-1').get(`/v1/pathways/${reference}/facts`)).body as { items: { type: string }[] };
      expect(items.filter(({ type }) => type === 'reflectionStarted')).toHaveLength(1);
    }
    expect(statuses(answers)).toEqual([201]);
  });
});

describe('the requests under way when the service stops', () => {
  it('are answered at once, also those in the queue and those that arrive later', async () => {
    const stopping = new AbortController();
    // No worker runs, so without the stop these requests would wait for ten minutes.
    const alone = await startService({ worker: false, patienceMs: 600_000, stopping: stopping.signal });
    try {
      const reference = await alone.open();
      const telling = [1, 2, 3].map(() => alone.as('police-1').tell(reference, { type: 'interviewHeld' }));
      // Most requests are under way by then. A later one comes after the stop and gets the same answer.
      await pause(500);
      stopping.abort();
      const answers = await Promise.all([...telling, alone.as('police-1').tell(reference, { type: 'interviewHeld' })]);
      expect(statuses(answers)).toEqual([503]);
    } finally {
      await alone.stop();
    }
  });
});

function statuses(answers: readonly Answer[]): number[] {
  return [...new Set(answers.map(({ status }) => status))];
}

let service: Service;
beforeAll(async () => {
  // A busy machine may take longer than the ten seconds.
  service = await startService({ patienceMs: 60_000 });
});
afterAll(async () => {
  await service.stop();
});
