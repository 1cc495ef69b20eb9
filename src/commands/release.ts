import './utc';
import { extname } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { blindConverter } from '../releases/blindConverter';
import { countOf, openCases } from '../releases/deployment';
import { readableAmong, type KeptBuild } from '../releases/keptBuilds';
import { moveCases } from '../releases/move';
import { namespaceOf, NotRehearsed, requireReport } from '../releases/report';
import { requireSources } from '../releases/sources';
import { releaseConfig } from '../settings/environment';
import { Closing } from './closing';
import { endFailed, inWords, optionsIn, targetIn, WrongOptions } from './releaseOptions';
import { reportFailure } from './reportFailure';
import { stopSignal } from './stopSignal';

const usage = 'npm run release -- --rehearsed FILE [--to BUILD] [--per-second N], or --first where there is no case yet';

/** The cases that are asked to go over in a second; ours. A worker on two cores takes 20 ms of CPU for each. */
const usually = '50';

/** `npm run release`: makes a build current, and lets every open case go over to it. It may be stopped and run again. */
async function release(args: readonly string[], stopping: AbortSignal): Promise<void> {
  const { to, rehearsed, isFirst, perSecond } = optionsFrom(args);
  const { temporal, workflowsDir } = releaseConfig();
  const { kept, target } = await targetIn(workflowsDir, to);
  // A damaged target is refused before anything is changed.
  await target.code();
  // A build that somebody names is older than the sources, and in the image there are none.
  if (to === undefined && extname(__filename) === '.ts') await requireSources(target);
  const closing = new Closing();
  try {
    const connection = await Connection.connect({ address: temporal.address });
    closing.later(() => connection.close());
    const client = new Client({ connection, namespace: temporal.namespace, identity: 'release', dataConverter: blindConverter });
    await requireRehearsed({ client, target, rehearsed, isFirst });
    // Cases on a damaged build look stuck, and a release must not be taken back for them.
    const builds = (await readableAmong(kept)).map(({ build }) => build);
    const over = await moveCases({ client, target: target.build, kept: builds, perSecond, tell, stopping });
    tell(`every open case is on the build ${inWords(target)}; ${over} went over`);
  } finally {
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

function optionsFrom(args: readonly string[]) {
  const options = {
    to: { type: 'string' },
    rehearsed: { type: 'string' },
    first: { type: 'boolean', default: false },
    'per-second': { type: 'string', default: usually },
  } as const;
  const { to, rehearsed, first, 'per-second': perSecond } = optionsIn(args, options, usage);
  if (!/^[1-9]\d{0,3}$/.test(perSecond) || (first && rehearsed !== undefined)) throw new WrongOptions(usage);
  return { to, rehearsed, isFirst: first, perSecond: Number(perSecond) };
}

interface Asked {
  readonly client: Client;
  readonly target: KeptBuild;
  readonly rehearsed: string | undefined;
  readonly isFirst: boolean;
}

/** What a release does to the cases is known and approved before. Throws `NotRehearsed`. */
async function requireRehearsed({ client, target, rehearsed, isFirst }: Asked): Promise<void> {
  if (rehearsed !== undefined) return requireReport(rehearsed, { target: target.build, namespace: await namespaceOf(client) }, Date.now());
  if (!isFirst)
    throw new NotRehearsed(`no report: npm run rehearse -- --to ${target.build} --report FILE first, and then --rehearsed FILE`);
  const cases = await countOf(client, openCases);
  if (cases > 0) throw new NotRehearsed(`--first is for an installation without cases, and there are ${cases}: rehearse the release`);
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

const stopping = stopSignal({ withParent: false });
release(process.argv.slice(2), stopping).catch((error: unknown) =>
  endFailed(error, stopping, 'stopped between two cases; the same command goes on from here'),
);
