import type { Arena } from '../arena';
import { millisecondsOf, until } from '../measuring';
import type { Child } from '../processes/child';
import type { Row } from '../row';
import { inTurn, medians } from '../rounds';
import { asleep, type Side } from '../sides/side';

/**
 * A worker is killed with -9 while another stands: how long until a case that was in its memory answers a command. What the dead
 * one had been handed already is handed out again only when its time is up, which is the engine's to say.
 */
export async function recovery({ ours, bare }: Arena): Promise<Row[]> {
  const afterwards = await inTurn([ours, bare], rounds, (side) => killed(side, (worker) => worker.kill()));
  const underWay = await inTurn([ours, bare], rounds, (side) => killed(side, async (worker) => void worker.kill()));
  return [
    { figure: 'recovery, first answer', unit: 's', values: medians(afterwards, (ms) => ms / 1000) },
    { figure: 'recovery, a command under way', unit: 's', values: medians(underWay, (ms) => ms / 1000) },
  ];
}

/** Each takes some seconds, and little else on the machine has a part in it. */
const rounds = 2;

async function killed(side: Side, kill: (worker: Child) => Promise<void>): Promise<number> {
  const [id = ''] = await asleep(side, 1);
  await side.command(id);
  const [dying, standing] = [side.worker, await side.startWorker()];
  side.worker = standing;
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
