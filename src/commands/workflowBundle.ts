import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type BundleOptions, type WorkflowBundle } from '@temporalio/worker';
import { version as sdkVersion } from '@temporalio/worker/package.json';
import { failureConverterPath } from '../privacy/dataConverter';

const source = resolve(__dirname, '..');
const workflowsPath = require.resolve('../workflows');
const cache = resolve(source, '..', '.cache', 'workflows');

/**
 * The workflow bundle that the worker runs. Bundling takes seconds, so the bundle is cached under a hash of everything that goes into it. A
 * changed line or another SDK gives another hash and a new bundle.
 */
export async function workflowBundle(): Promise<WorkflowBundle | { codePath: string }> {
  const codePath = join(cache, `${await fingerprint()}.js`);
  if (existsSync(codePath)) return { codePath };
  const bundle = await bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    // No module keeps data of a case, so all cases share the modules. Otherwise each case in memory would have its own copy.
    preloadModules: [workflowsPath],
    webpackConfigHook: asTypeScriptIsBuilt,
    logger: new DefaultLogger('ERROR'),
  });
  // In the image nothing may be written, so the bundle is made at each start.
  return keep(codePath, bundle.code).catch(() => bundle);
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

async function keep(codePath: string, code: string): Promise<{ codePath: string }> {
  await mkdir(cache, { recursive: true });
  await forgetOld();
  const draft = `${codePath}.${process.pid}`;
  await writeFile(draft, code);
  await rename(draft, codePath);
  return { codePath };
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
