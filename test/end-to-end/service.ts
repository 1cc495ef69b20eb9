import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedTemporal } from '../../src/embedded/temporal';
import { isFree } from '../../src/embedded/ports';
import { freePorts } from '../support/freePorts';
import { until } from '../support/until';
import type { Database } from './database';

const root = join(__dirname, '..', '..');
const portVariables = ['API_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'MAIL_UI_PORT', 'ISSUER_PORT'] as const;

/** The variables of one installation: free ports and a data directory. */
export type Settings = Readonly<Record<(typeof portVariables)[number] | 'DATA_DIR', string>>;

/** The output of a command and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One of our commands in a process of its own, as a user runs it. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves when no process writes to its output any more: the end of the whole process tree. */
  readonly ended: Promise<Ended>;
  /** Resolves when the process itself is gone. Its child processes may still run. */
  readonly gone: Promise<unknown>;
  /** Resolves when the command has printed that it is ready. Throws with its output if it ended instead. */
  ready(): Promise<string>;
  /** Resolves when the command has printed these words. */
  says(words: string): Promise<void>;
}

export async function settingsFor(dataDir: string): Promise<Settings> {
  const ports = await freePorts(portVariables.length);
  const entries = portVariables.map((name, index) => [name, String(ports[index])]);
  return { ...Object.fromEntries(entries), DATA_DIR: dataDir } as Settings;
}

/** A data directory and ports for each test. After the test all its processes are ended, and none may be left. */
export function installations(use: (made: { readonly dataDir: string; readonly settings: Settings }) => void) {
  let begun: Running[] = [];
  let dataDir: string;
  let settings: Settings;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'start-'));
    settings = await settingsFor(dataDir);
    use({ dataDir, settings });
  });
  afterEach(async () => {
    for (const { child } of begun) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await Promise.all(begun.map(({ ended }) => ended));
    begun = [];
    await until('every server has ended', async () => (await listening(settings)).length === 0);
    await rm(dataDir, { recursive: true, force: true });
  });
  return {
    begin(running: Running): Running {
      begun.push(running);
      return running;
    },
  };
}

/** The Temporal server of a data directory itself, not the shell that guards it. */
export function temporalOn(dataDir: string): number {
  const processes = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const server = processes.find((line) => line.includes(join(dataDir, 'temporal.db')) && !line.includes('/bin/sh'));
  return Number.parseInt(server ?? '', 10);
}

/** The process of the database of a data directory, by the lock that it holds. */
export function databaseOn(dataDir: string): number {
  return (JSON.parse(readFileSync(join(dataDir, 'database', 'lock'), 'utf8')) as { readonly pid: number }).pid;
}

/** The ports of an installation that are in use. */
export async function listening(settings: Settings): Promise<string[]> {
  const ports = Object.entries(settings).filter(([name]) => name !== 'DATA_DIR');
  const taken = await Promise.all(ports.map(async ([name, port]) => ((await isListening(port)) ? [name] : [])));
  return taken.flat();
}

/** Ends a command and its process group with kill -9. */
export function killGroup({ child }: Running): void {
  process.kill(-(child.pid ?? 0), 'SIGKILL');
}

/** `npm start`, without npm; in another folder, from the sources there. */
export function start(settings: Readonly<Record<string, string>>, folder = root): Running {
  return run(process.execPath, ['--import', 'tsx', 'src/commands/start.ts'], settings, { folder });
}

/** `npm start` itself, in a process group of its own, as a shell starts it. */
export function npmStart(settings: Settings): Running {
  return run('npm', ['start'], settings);
}

/** `npm run start:worker`, without npm, with real addresses as in production. */
export function startWorker(settings: Readonly<Record<string, string>>): Running {
  return run(process.execPath, ['--import', 'tsx', 'src/commands/worker.ts'], settings, { readyWith: 'the workers ask for work' });
}

/** `npm run start:api`, without npm. */
export function startApi(settings: Readonly<Record<string, string>>): Running {
  return run(process.execPath, ['--import', 'tsx', 'src/commands/api.ts'], settings, { readyWith: 'the api listens' });
}

/** The API in a process of its own, with an issuer on plain http, which `npm run start:api` refuses. Its settings are in a file, as JSON. */
export function startApiOnPlainHttp(settingsFile: string): Running {
  const args = ['--import', 'tsx', 'bench/processes/api.ts', settingsFile];
  return run(process.execPath, args, {}, { readyWith: 'the api listens' });
}

/** `npm run register:compare -- <args>`, without npm. */
export function registerCompare(settings: Readonly<Record<string, string>>, ...args: readonly string[]): Running {
  return run(process.execPath, ['--import', 'tsx', 'src/commands/registerCompare.ts', ...args], settings);
}

/** The variables of a worker of the demo staff, with the key of the tests. */
export function workerSettings(
  { address, namespace }: Pick<EmbeddedTemporal, 'address' | 'namespace'>,
  { variables }: Pick<Database, 'variables'>,
  smtpUrl: string,
): Readonly<Record<string, string>> {
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    ...variables,
    STAFF_FILE: 'src/embedded/demo/staff.json',
    PARTNERS_FILE: 'src/embedded/demo/partners.json',
    PUBLIC_URL: 'https://cases.example.org',
    SMTP_URL: smtpUrl,
    MAIL_FROM: 'pathways@example.org',
  };
}

/** `npm run --silent token -- <staffId>`, without npm. */
export function token(settings: Readonly<Record<string, string>>, staffId: string): Running {
  return run(process.execPath, ['--import', 'tsx', 'src/commands/token.ts', staffId], settings);
}

/** `npm run keys:rotate`, without npm. */
export function keysRotate(settings: Settings): Running {
  return run(process.execPath, ['--import', 'tsx', 'src/commands/keysRotate.ts'], settings);
}

/** `npm run keys:rewrap`, without npm. */
export function keysRewrap(settings: Readonly<Record<string, string>>): Running {
  return run(process.execPath, ['--import', 'tsx', 'src/commands/keysRewrap.ts'], settings);
}

/** `npm run audit:verify -- <args>`, without npm. */
export function verifyAudit(settings: Readonly<Record<string, string>>, ...args: readonly string[]): Running {
  return run(process.execPath, ['--import', 'tsx', 'src/commands/auditVerify.ts', ...args], settings);
}

export async function isListening(port: string): Promise<boolean> {
  return !(await isFree(Number(port)));
}

function run(
  command: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  { readyWith = 'npm run --silent token', folder = root } = {},
): Running {
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...settings }, detached: true });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended: Promise<Ended> = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode, stdout, stderr }));
  const over = ended.then(({ stderr: words }) => {
    throw new Error(`it ended instead of getting ready: ${words}`);
  });
  over.catch(() => undefined);
  const says = (words: string) => until(`it says: ${words}`, () => (stdout + stderr).includes(words));
  return { child, ended, gone: once(child, 'exit'), ready: () => Promise.race([says(readyWith).then(() => stdout), over]), says };
}
