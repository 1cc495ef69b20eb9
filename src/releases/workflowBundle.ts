import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type BundleOptions, type WorkflowBundle } from '@temporalio/worker';
import { version as sdkVersion } from '@temporalio/worker/package.json';
import { failureConverterPath } from '../privacy/dataConverter';
import { writeWhole } from './wholeFile';

const source = resolve(__dirname, '..');
const workflowsPath = require.resolve('../workflows');
const cache = resolve(source, '..', '.cache', 'workflows');

/** The code of the workflows in one piece, as a worker runs it. */
export interface Bundle {
  /** The name by which the engine knows it: the first 12 hex digits of the SHA-256 of the code without its source map. */
  readonly build: string;
  /** The code, with its source map. */
  readonly code: string;
  /** The file with the code; null where nothing may be written. */
  readonly codePath: string | null;
}

/**
 * The bundle of today's sources. To make it takes seconds, so it is kept in a cache under a hash of everything that goes into it. A changed
 * line or another SDK gives another hash and a new bundle.
 */
export async function bundleOfSources(): Promise<Bundle> {
  const codePath = join(cache, `${await fingerprint()}.js`);
  if (existsSync(codePath)) return bundleOf(await readFile(codePath, 'utf8'), codePath);
  const { code } = await makeBundle();
  const isKept = await keep(codePath, code).then(
    () => true,
    () => false,
  );
  return bundleOf(code, isKept ? codePath : null);
}

/** The name of a build, from its code with or without the source map. */
export function buildOf(code: string): string {
  return createHash('sha256').update(withoutSourceMap(code)).digest('hex').slice(0, 12);
}

/**
 * The code with a source map that is empty: the SDK demands one. The map holds paths of the folder in which it was made, and the same
 * sources must give the same bytes everywhere.
 */
export function withoutSourceMap(code: string): string {
  const end = code.lastIndexOf(mapComment);
  if (end < 0) throw new Error('the bundle has no source map');
  return `${code.slice(0, end)}${mapComment}${Buffer.from(JSON.stringify(emptyMap)).toString('base64')}\n`;
}

const mapComment = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';
const emptyMap = { version: 3, file: 'workflows.js', sources: [], names: [], mappings: '' };

function bundleOf(code: string, codePath: string | null): Bundle {
  return { build: buildOf(code), code, codePath };
}

async function makeBundle(): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    // No module keeps data of a case, so all cases share the modules. Otherwise each case in memory would have its own copy.
    preloadModules: [workflowsPath],
    webpackConfigHook: asTypeScriptIsBuilt,
    logger: new DefaultLogger('ERROR'),
  });
}

// The SDK compiles TypeScript for engines of 2017 and turns every `{ ...spread }` into a loop. This sets the target of `npm run build`.
const asTypeScriptIsBuilt: NonNullable<BundleOptions['webpackConfigHook']> = (config) => {
  for (const rule of config.module?.rules ?? []) {
    const use = typeof rule === 'object' ? rule?.use : undefined;
    const options = typeof use === 'object' && 'options' in use && typeof use.options === 'object' ? use.options : undefined;
    if (options !== undefined && 'jsc' in options) options.jsc = { ...(options.jsc as object), target: 'es2022' };
  }
  return config;
};

async function keep(codePath: string, code: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  await forgetOld();
  await writeWhole(codePath, code);
}

/**
 * Removes bundles older than a day, since each changed line leaves some megabytes. A younger one may belong to a process that is about to
 * start.
 */
async function forgetOld(): Promise<void> {
  const aDayAgo = Date.now() - 86_400_000;
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if ((await stat(path)).mtimeMs < aDayAgo) await rm(path, { force: true });
  }
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(sdkVersion);
  for (const file of [...(await filesIn('workflows')), ...(await filesIn('domain')), failureConverterPath, __filename])
    hash.update(`\0${relative(source, file)}\0`).update(await readFile(file));
  // The lock file pins the packages that the workflows use. It does not exist in every installation.
  const lockFile = resolve(source, '..', 'package-lock.json');
  if (existsSync(lockFile)) hash.update(await readFile(lockFile));
  return hash.digest('hex').slice(0, 24);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(source, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
