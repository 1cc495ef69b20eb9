import { Worker } from '@temporalio/worker';
import { testConverter } from '../support/key';
import { workflowBundlePath } from '../support/workflowBundle';
import { readRecording, recorded } from './histories';

/**
 * Here the code of today replays recorded cases, and must ask the engine for the same things in the same order. It finds code that is not
 * deterministic, and a history that another Node, SDK or time zone data would run differently.
 *
 * It does not prove that a running case bears a release: no release replays a history, since a run stays on its build (test/release). It
 * sees no duration and no argument, so a moved date passes (test/domain). It sees no judgment either: a fact that the rules of today refuse
 * is missing after the replay, and the replay is green.
 */
describe('a recorded case', () => {
  it.each(recorded)('%s is replayed by the code of today, in every run', async (name) => {
    const { workflowId, histories } = readRecording(name);
    expect(histories.length).toBeGreaterThan(1);
    const runs = histories.map((history) => ({ workflowId, history }));
    for await (const { error } of Worker.runReplayHistories(
      { workflowBundle: { codePath: workflowBundlePath }, dataConverter: testConverter('thinking') },
      runs,
    ))
      expect(error).toBeUndefined();
  });

  it('is not accepted as another case, since its payloads are bound to its own id', async () => {
    const { histories } = readRecording('cooperates');
    const [first] = histories;
    await expect(
      Worker.runReplayHistory(
        { workflowBundle: { codePath: workflowBundlePath }, dataConverter: testConverter('thinking') },
        first,
        'pathway/another',
      ),
    ).rejects.toThrow();
  });
});
