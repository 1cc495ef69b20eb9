/* The builds of the workflows that are kept in a folder: their code, and how they came about. */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { version as sdk } from '@temporalio/worker/package.json';
import { z } from 'zod';
import { UserFacingError } from '../errors/userFacingError';
import { rulesOf } from './rules';
import { writeWhole } from './wholeFile';
import { buildOf, withoutSourceMap, type Bundle } from './workflowBundle';

/** A folder of builds is not as a release leaves it. */
export class BuildsUnreadable extends UserFacingError {
  override readonly name = 'BuildsUnreadable';
}

const row = z.strictObject({
  /** The name of the build (workflowBundle.ts). */
  build: z.string().regex(/^[0-9a-f]{12}$/),
  /** The version of the service that first had it. */
  version: z.string(),
  /** The day on which it was kept. */
  date: z.iso.date(),
  /** What it was made with: the SDK, Node, and the edition of the time zone data. */
  sdk: z.string(),
  node: z.string(),
  timeZones: z.string(),
  /** The forms of a case that it reads, and the one that it writes. */
  reads: z.array(z.int()).min(1),
  writes: z.int(),
});

/** How a build came about. */
export type Release = z.infer<typeof row>;

/** A build that is kept. */
export interface KeptBuild extends Release {
  code(): Promise<string>;
}

/**
 * The builds in a folder, the newest first. Throws a `BuildsUnreadable` if the folder has none, or if a file is missing or is not what its name
 * says.
 */
export async function keptBuildsIn(folder: string): Promise<readonly [KeptBuild, ...KeptBuild[]]> {
  const [newest, ...earlier] = await releasesIn(folder);
  if (newest === undefined) throw new BuildsUnreadable(`${folder} holds no build of the workflows: npm run keep-bundle makes one`);
  const kept = (release: Release): KeptBuild => ({ ...release, code: () => codeIn(folder, release.build) });
  return [kept(newest), ...earlier.map(kept)];
}

/** The builds of which the code can be read. A case on any other one is as badly off as one on a build that is not kept. */
export async function readableAmong(kept: readonly KeptBuild[]): Promise<readonly KeptBuild[]> {
  const readable = await Promise.all(
    kept.map((each) =>
      each.code().then(
        () => [each],
        () => [],
      ),
    ),
  );
  return readable.flat();
}

/** Adds a build to a folder as its newest, and removes those that are not to stay. One that is there already keeps its row. */
export async function keepBuild(
  folder: string,
  { build, code }: Pick<Bundle, 'build' | 'code'>,
  { version, date, stays }: Pick<Release, 'version' | 'date'> & { readonly stays: (earlier: readonly Release[]) => readonly Release[] },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const before = await releasesIn(folder);
  const newest = before.find((each) => each.build === build) ?? { build, version, date, ...madeBy(code) };
  const earlier = before.filter((each) => each !== newest);
  await writeWhole(fileOf(folder, build), await promisify(gzip)(withoutSourceMap(code), { level: 9 }));
  await keepOnly(folder, [newest, ...stays(earlier)]);
}

/** What the code is made with, and the forms that it knows. */
function madeBy(code: string): Omit<Release, 'build' | 'version' | 'date'> {
  const { reads, writes } = rulesOf(code).forms;
  return { sdk, node: process.versions.node, timeZones: process.versions.tz ?? '', reads: [...reads], writes };
}

/** Keeps these builds of a folder and removes the code of all others. */
export async function keepOnly(folder: string, releases: readonly Release[]): Promise<void> {
  const rows = releases.map(({ build, version, date, sdk: itsSdk, node, timeZones, reads, writes }) => ({
    ...{ build, version, date, sdk: itsSdk, node, timeZones, reads, writes },
  }));
  await writeWhole(listOf(folder), `${JSON.stringify(rows, null, 2)}\n`);
  const files = new Set(releases.map(({ build }) => fileOf(folder, build)));
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (/^[0-9a-f]{12}\.js\.gz$/.test(name) && !files.has(file)) await rm(file);
  }
}

/** The rows of a folder, the newest first; none if it has no list. Throws a `BuildsUnreadable` if the list cannot be read. */
export async function releasesIn(folder: string): Promise<Release[]> {
  if (!existsSync(listOf(folder))) return [];
  try {
    return z.array(row).parse(JSON.parse(await readFile(listOf(folder), 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new BuildsUnreadable(`${listOf(folder)} is not a list of builds`);
    throw error;
  }
}

async function codeIn(folder: string, build: string): Promise<string> {
  const file = fileOf(folder, build);
  const code = await readFile(file)
    .then((bytes) => promisify(gunzip)(bytes))
    .then(String, () => undefined);
  if (code === undefined || buildOf(code) !== build) throw new BuildsUnreadable(`${file} is missing or damaged: put it back`);
  return code;
}

function fileOf(folder: string, build: string): string {
  return join(folder, `${build}.js.gz`);
}

function listOf(folder: string): string {
  return join(folder, 'releases.json');
}
