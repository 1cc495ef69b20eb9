import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { settingsFor, start, temporalOn, token, type Running, type Settings } from '../end-to-end/service';
import { useIt, type Counts, type Door } from './clients';
import { Ledger } from './ledger';

const sentence = 'the Temporal server has ended, so everything ends';

/**
 * `npm run soak -- --minutes 60 --kills 3`: uses the service with many clients at once. It kills Temporal this often in the first half, and
 * restarts the service each time. At the end it compares the cases with the confirmed facts. It exits with 1 if a fact was lost or recorded
 * twice, or if the service crashed.
 */
async function soak(minutes: number, kills: number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'soak-'));
  const settings = await settingsFor(dataDir);
  const [ledger, counts, faults]: [Ledger, Counts, string[]] = [new Ledger(), new Map(), []];
  const begun = Date.now();
  const minute = () => (Date.now() - begun) / 60_000;
  const killedAt = Array.from({ length: kills }, (_, number) => ((number + 1) * minutes) / 2 / kills);

  let service = await begin(settings);
  let door = await doorOf(settings);
  const using = useIt(
    () => door,
    ledger,
    counts,
    () => minute() < minutes,
  );
  using.catch(() => undefined);
  let renewed = minute();
  while (minute() < minutes) {
    await Promise.race([pause(60_000), using]);
    say(`minute ${minute().toFixed(0)}: ${ledger.cases.length} cases, ${ledger.acknowledged} facts; ${memoryOf(dataDir, service)}`);
    if (killedAt[0] !== undefined && minute() >= killedAt[0]) {
      killedAt.shift();
      process.kill(temporalOn(dataDir), 'SIGKILL');
      const { code, signal, stderr } = await service.ended;
      const inOrder = code === 1 && signal === null && stderr.includes(sentence) && !/^ +at /m.test(stderr);
      if (!inOrder)
        faults.push(`after a kill of Temporal the service ended otherwise than it promises (${code}, ${signal}): ${stderr.slice(-2_000)}`);
      say(`Temporal was killed, and the service ended ${inOrder ? 'in order' : 'BADLY'}`);
      service = await begin(settings);
    }
    // A token lasts an hour.
    if (minute() - renewed > 20) [door, renewed] = [await doorOf(settings), minute()];
  }
  await using;
  door = await doorOf(settings);
  for (const reference of ledger.cases) faults.push(...ledger.faultsOf(reference, await marksOf(door, reference)));
  service.child.kill('SIGINT');
  const { code, stderr } = await service.ended;
  if (code !== 0) faults.push(`the service did not end cleanly: ${stderr.slice(-2_000)}`);
  for (const [what, times] of [...counts].sort()) say(`${String(times).padStart(8)} ${what}`);
  say(`${ledger.acknowledged} facts of ${ledger.cases.length} cases were acknowledged; ${faults.length} faults`);
  for (const fault of faults) say(fault);
  await rm(dataDir, { recursive: true, force: true });
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function begin(settings: Settings): Promise<Running> {
  // A few callers send everything.
  const service = start({ ...settings, API_REQUESTS_PER_MINUTE: '1000000' });
  await service.ready();
  return service;
}

async function doorOf(settings: Settings): Promise<Door> {
  const of = async (staffId: string) => (await token(settings, staffId).ended).stdout.trim();
  return {
    address: `http://127.0.0.1:${settings.API_PORT}`,
    tokens: { caseworker: await of('caseworker-1'), police: await of('police-1'), supervisor: await of('supervisor-1') },
  };
}

/** The marks of the facts in a case. */
async function marksOf({ address, tokens }: Door, reference: string): Promise<string[]> {
  const answer = await fetch(`${address}/v1/pathways/${reference}/facts`, { headers: { Authorization: `Bearer ${tokens.caseworker}` } });
  if (answer.status !== 200) throw new Error(`${reference}: ${answer.status} ${await answer.text()}`);
  const { items } = (await answer.json()) as { items: readonly { readonly purpose?: string }[] };
  return items.flatMap(({ purpose = '' }) => (purpose.startsWith('crossBorder:') ? [purpose.slice('crossBorder:'.length)] : []));
}

/** Resident memory of our process and of the Temporal server, in MB. */
function memoryOf(dataDir: string, { child }: Running): string {
  const megabytes = (pid: number) => Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024);
  return `service ${megabytes(child.pid ?? 0)} MB, Temporal ${megabytes(temporalOn(dataDir))} MB`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' }, kills: { type: 'string', default: '3' } } });
soak(Number(values.minutes), Number(values.kills)).catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exit(1);
});
