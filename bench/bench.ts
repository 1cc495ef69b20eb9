import '../src/commands/utc';
import { Closing } from '../src/commands/closing';
import { reportFailure } from '../src/commands/reportFailure';
import { installRuntime } from '../src/commands/runtime';
import { stopped, stopSignal } from '../src/commands/stopSignal';
import { openArena, type Arena } from './arena';
import { figures } from './figures';
import { openGround } from './ground';
import { optionsFrom, type Options } from './options';
import { asJson, asTable, type Report } from './report';
import type { Row } from './row';
import { say } from './say';

/** `npm run bench`: measures our service beside a naive one and the bare engine, on one server in one run (docs/performance.md). */
async function bench(args: readonly string[]): Promise<void> {
  // tsx turns source maps on, and then each promise of a replayed workflow pays for them. Production has none.
  process.setSourceMapsEnabled(false);
  const options = optionsFrom(args, Object.keys(figures));
  const stopping = stopSignal({ withParent: false });
  const closing = new Closing();
  try {
    closing.later(installRuntime());
    const report = await Promise.race([measure(options, closing), stopped(stopping)]);
    if (report !== undefined) process.stdout.write(options.json ? `${asJson(report)}\n` : asTable(report));
  } finally {
    say('ending the workflows of this run');
    for (const failure of await closing.now()) reportFailure(failure);
  }
  // If the stop came during a measurement, that still waits for an answer that will not come.
  if (stopping.aborted) process.exit(130);
}

async function measure(options: Options, closing: Closing): Promise<Report> {
  say('starting the server');
  const ground = await openGround(options, closing);
  let opened: Promise<Arena> | undefined;
  const arena = () => {
    if (opened === undefined) say('starting both services, and warming them up');
    return (opened ??= openArena(ground));
  };
  const rows: Row[] = [];
  for (const [name, figure] of Object.entries(figures)) {
    if (options.only?.includes(name) === false) continue;
    say(name);
    rows.push(...(await figure({ ground, arena })));
  }
  return { machine: ground.machine, cases: ground.cases, rows };
}

bench(process.argv.slice(2)).catch(reportFailure);
