import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type SystemKey, keyBytes, keyFromBase64 } from './key';

/** The files with the keys of a data directory. Only their owner can read them. */
export interface KeyFiles {
  /** One line: the system key. */
  readonly system: string;
  /** A line for each master key. The first wraps new keys. During a rotation there are two. */
  readonly masters: string;
}

export function keyFiles(dataDir: string): KeyFiles {
  const directory = join(dataDir, 'keys');
  return { system: join(directory, 'system.key'), masters: join(directory, 'master.keys') };
}

function allOf({ system, masters }: KeyFiles): readonly string[] {
  return [system, masters];
}

/** The first file of keys that is not there. Without it, nobody can ever read the cases of the data directory again. */
export function missingKeyFile(dataDir: string): string | undefined {
  return allOf(keyFiles(dataDir)).find((file) => !existsSync(file));
}

/** Makes the keys of a data directory that has none yet. An error of the disk keeps its `code`. */
export async function makeKeyFiles(dataDir: string): Promise<void> {
  await mkdir(join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
  for (const file of allOf(keyFiles(dataDir))) if (!existsSync(file)) await makeKey(file);
}

export function readSystemKey(dataDir: string): SystemKey {
  const { system } = keyFiles(dataDir);
  return keysIn(system)[0];
}

/** The master keys of a data directory, the wrapping one first. */
export function readMasterKeys(dataDir: string): readonly [Buffer, ...Buffer[]] {
  return keysIn(keyFiles(dataDir).masters);
}

/** Puts these master keys in place of those of before. A stop halfway leaves the one or the other. */
export async function replaceMasterKeys(dataDir: string, keys: readonly Buffer[]): Promise<void> {
  const { masters } = keyFiles(dataDir);
  const draft = draftOf(masters);
  try {
    await writeWhole(draft, keys);
    await rename(draft, masters);
  } finally {
    await rm(draft, { force: true });
  }
}

export function newKey(): Buffer {
  return randomBytes(keyBytes);
}

function keysIn(file: string): [Buffer, ...Buffer[]] {
  const lines = readFileSync(file, 'utf8').split('\n');
  try {
    const [first = '', ...others] = lines.filter((line) => line.trim() !== '');
    return [keyFromBase64(first), ...others.map(keyFromBase64)];
  } catch (error) {
    throw new Error(`${file} cannot be used: ${(error as Error).message}`);
  }
}

/** The key is written to another file and then linked into place. A stop halfway leaves no half key, and of two writers one wins. */
async function makeKey(file: string): Promise<void> {
  const draft = draftOf(file);
  try {
    await writeWhole(draft, [newKey()]);
    await link(draft, file).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
}

function draftOf(file: string): string {
  return `${file}.${randomBytes(6).toString('hex')}.draft`;
}

async function writeWhole(path: string, keys: readonly Buffer[]): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(keys.map((key) => `${key.toString('base64')}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}
