import type { Arena } from '../arena';
import { millisecondsOf, until } from '../measuring';
import type { Child } from '../processes/child';
import type { Row } from '../row';
import { inRounds, medians } from '../rounds';
import { asleep, type Side } from '../sides/side';

/**
 * Kills a worker with -9 while another runs, and measures the time until a case from its memory answers a command. Work that the dead
 * worker already had is given out again only after a timeout, which the engine sets.
 */
export async function recovery({ ours, bare }: Arena): Promise<Row[]> {
  const afterwards = await inRounds([ours, bare], rounds, (side) => killed(side, (worker) => worker.kill()));
  const underWay = await inRounds([ours, bare], rounds, (side) => killed(side, async (worker) => void worker.kill()));
  return [
    { figure: 'recovery, first answer', unit: 's', values: medians(afterwards, (ms) => ms / 1000) },
    { figure: 'recovery, a command under way', unit: 's', values: medians(underWay, (ms) => ms / 1000) },
  ];
}

/** Each round takes some seconds, and other work on the machine hardly affects it. */
const rounds = 2;

async function killed(side: Side, kill: (worker: Child) => Promise<void>): Promise<number> {
  const [id = ''] = await asleep(side, 1);
  await side.command(id);
  const [dying, surviving] = [side.worker, await side.startWorker()];
  side.worker = surviving;
  return millisecondsOf(async () => {
    await kill(dying);
    await until('a command is answered', 60_000, () =>
      side.command(id).then(
        () => true,
        () => undefined,
      ),
    );
  });
}
