import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const keyBytes = 32;

/** The one key of an installation: 32 random bytes. Whoever has it can read every case. */
export type SystemKey = Buffer;

/** Reads a key written as base64. Throws a sentence fit for a person when it is not 32 bytes. */
export function keyFromBase64(text: string): SystemKey {
  const key = Buffer.from(text.trim(), 'base64');
  // Node skips what is not base64; writing it back shows whether anything was skipped.
  if (key.length !== keyBytes || withoutPadding(key.toString('base64')) !== withoutPadding(text.trim()))
    throw new Error(`a key is ${keyBytes} bytes in base64`);
  return key;
}

/** Where the key of a data directory is kept. */
export function keyFile(dataDir: string): string {
  return join(dataDir, 'system.key');
}

/** Whether this data directory has its key. Without it, cases already in it can never be read again. */
export function hasKey(dataDir: string): boolean {
  return existsSync(keyFile(dataDir));
}

/** The key of this data directory, made on first use and readable by its owner only. What the disk refuses keeps its `code`. */
export async function loadOrCreateKey(dataDir: string): Promise<SystemKey> {
  if (!hasKey(dataDir)) await createKey(dataDir);
  try {
    return keyFromBase64(readFileSync(keyFile(dataDir), 'utf8'));
  } catch (error) {
    throw new Error(`${keyFile(dataDir)} cannot be used: ${(error as Error).message}`);
  }
}

/** A key for one purpose, made from the one key: knowing it tells nothing about the others. */
export function derivedKey(key: SystemKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `reflection-period-service/${purpose}`, keyBytes));
}

/** Written whole and then linked into place: a stop halfway leaves no half key, and of two writers one wins. */
async function createKey(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = join(dataDir, `.system.key.${randomBytes(6).toString('hex')}`);
  try {
    await writeWhole(draft, `${randomBytes(keyBytes).toString('base64')}\n`);
    await link(draft, keyFile(dataDir)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function withoutPadding(base64: string): string {
  return base64.replace(/=+$/, '');
}
