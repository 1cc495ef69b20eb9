import './utc';
import { Client, Connection } from '@temporalio/client';
import { dataConverterFor } from '../privacy/dataConverter';
import { keyedHashOf } from '../privacy/keyedHash';
import { rehearse, type Rehearsed } from '../releases/rehearsal';
import { keepReport, namespaceOf } from '../releases/report';
import { rehearsalConfig } from '../settings/environment';
import type { AuditTrail } from '../store/auditTrail';
import { Closing } from './closing';
import { namesOfARun } from './namesOfARun';
import { openTrail } from './openAudit';
import { openKeys } from './openKeys';
import { openReadyStore } from './openReadyStore';
import { endFailed, inWords, optionsIn, targetIn } from './releaseOptions';
import { reportFailure } from './reportFailure';
import { installRuntime } from './runtime';
import { stopSignal } from './stopSignal';
import { tellProgress } from './tellProgress';

const options = { server: { type: 'string' }, to: { type: 'string' }, report: { type: 'string' }, verbose: { type: 'boolean' } } as const;
const usage = 'npm run rehearse -- [--server HOST:PORT] [--to BUILD] [--report FILE] [--verbose]';

/** `npm run rehearse`: says what a release would change in the open cases. It changes none. Exit code 1: no release may do that. */
async function rehearseRelease(args: readonly string[], stopping: AbortSignal): Promise<void> {
  const given = optionsIn(args, options, usage);
  const config = rehearsalConfig(given.server);
  const { kept, target } = await targetIn(config.workflowsDir, given.to);
  const closing = new Closing();
  try {
    // A replay that fails warns. Only --verbose names a case, and on stdout.
    closing.later(installRuntime({ namesCases: false }));
    const { client, seals, announce } = await opened(config, closing);
    const rehearsed = await rehearse({ client, seals, kept, target, announce, tell: tellProgress, stopping });
    const madeAt = new Date().toISOString();
    process.stdout.write(linesOf(rehearsed, `the build ${inWords(target)}`, given.verbose === true));
    const about = { namespace: await namespaceOf(client), target: target.build, image: kept[0].build, madeAt };
    if (given.report !== undefined) await keepReport(given.report, { ...about, ...rehearsed });
    if (rehearsed.isRed) process.exitCode = 1;
  } finally {
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

async function opened(config: ReturnType<typeof rehearsalConfig>, closing: Closing) {
  const store = await openReadyStore(config.database, closing);
  const { seals } = await openKeys({ ...config, store }, config.keys);
  const connection = await Connection.connect({ address: config.temporal.address });
  closing.later(() => connection.close());
  const { namespace } = config.temporal;
  const client = new Client({ connection, namespace, identity: 'rehearse', dataConverter: dataConverterFor(seals, 'asking') });
  const { write } = openTrail(store, keyedHashOf(seals.systemKey));
  return { client, seals, announce: announcing(write) };
}

/** A line for each case, before any is read. All lines of one run of the command have the same request and trace. */
function announcing(write: AuditTrail['write']) {
  const asked = { did: 'rehearse', who: 'release', purpose: 'security', outcome: 'asked' } as const;
  const line = { ...asked, ...namesOfARun() };
  return async (references: readonly string[]): Promise<void> => {
    await Promise.all(references.map((reference) => write({ ...line, reference }, { durable: true })));
  };
}

function linesOf({ openCases, counts, isRed }: Rehearsed, target: string, verbose: boolean): string {
  const width = Math.max(...counts.map(({ number }) => String(number).length));
  const lines = counts.flatMap(({ number, words, references }) => [
    `${String(number).padStart(width)} ${words}`,
    ...(verbose ? references.map((reference) => `${' '.repeat(width)}   ${reference}`) : []),
  ]);
  const verdict = isRed ? 'red: no release may do this to a case' : 'green: read the lines above before you release it';
  return [`${openCases} open cases, by the rules of ${target}`, ...lines, verdict, ''].join('\n');
}

const stopping = stopSignal({ withParent: false });
// The runtime of the SDK may keep a thread that would keep the process alive.
rehearseRelease(process.argv.slice(2), stopping)
  .catch((error: unknown) => endFailed(error, stopping, 'the rehearsal was stopped; nothing was changed'))
  .finally(() => process.exit());
