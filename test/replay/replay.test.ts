import { Worker } from '@temporalio/worker';
import { testConverter } from '../support/key';
import { workflowBundlePath } from '../support/workflowBundle';
import { readRecording, recorded } from './histories';

/**
 * A case runs for months over many releases. Here the code of today replays recorded cases, and must ask the engine for the same things in
 * the same order. A replay does not check durations and arguments: a moved date still passes. So dates have tests of their own in
 * test/domain.
 */
describe('a case recorded with earlier code', () => {
  it.each(recorded)('%s continues with the code of today, in every run', async (name) => {
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
