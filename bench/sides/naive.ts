import type { NaiveSettings } from '../naive/service';
import { startChild } from '../processes/child';
import { freePorts } from '../../src/embedded/ports';
import { benchPorts } from '../processes/ports';
import { startBare } from './bare';
import { intake, taskCompleted } from './requests';
import type { Setting } from './setting';
import { asleep, lettersLeaveAt, type Contender, type Side } from './side';

/** The naive service twice: once with a small answer, once with an answer as long as ours. */
export interface NaiveContenders {
  readonly naive: Contender;
  readonly naiveSameAnswer: Contender;
}

/** Starts the naive service, one process in front of the workflow and worker of the bare side. */
export async function openNaiveContenders(
  setting: Setting,
  { ours, bare }: { readonly ours: Side; readonly bare: Side },
): Promise<NaiveContenders> {
  const service = await setting.login.speakTo(await startService(setting));
  const contender = (name: keyof NaiveContenders, paddingBytes: number): Contender => ({
    name,
    async open() {
      const { id } = (await service.post('/cases', intake())) as { id: string };
      return setting.started(id);
    },
    openAsleep: (minute) => startBare(setting, { wakeAt: lettersLeaveAt(minute), paddingBytes }),
    command: (id) => service.post(`/cases/${id}/facts`, taskCompleted('safety-plan')),
    read: (id) => service.get(`/cases/${id}`),
    workflow: (id) => bare.workflow(id),
    acts: () => bare.acts(),
    actsOf: bare.actsOf,
  });
  return { naive: contender('naive', 0), naiveSameAnswer: contender('naiveSameAnswer', await answerBytes(ours)) };
}

async function startService({ client, address, login, closing, profile }: Setting): Promise<string> {
  const [port = 0] = await freePorts(1, benchPorts);
  const settings: NaiveSettings = { port, temporal: { address, namespace: client.options.namespace }, tokens: login.tokens };
  const args = [JSON.stringify(settings)];
  await startChild({ script: 'bench/naive/service.js', args, readyWith: 'the naive service listens', profile }, closing);
  return `http://127.0.0.1:${port}`;
}

/** The length of our answer about a case of the benchmark. */
async function answerBytes(ours: Side): Promise<number> {
  const [id = ''] = await asleep(ours, 1);
  return Buffer.byteLength(JSON.stringify(await ours.read(id)));
}
