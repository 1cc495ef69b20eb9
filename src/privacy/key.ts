import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const keyBytes = 32;

/** The system key of an installation: 32 random bytes. Anybody who has it can read every case. */
export type SystemKey = Buffer;

/** Reads a key written as base64. Throws a sentence for the user if it is not 32 bytes. */
export function keyFromBase64(text: string): SystemKey {
  const key = Buffer.from(text.trim(), 'base64');
  // Node ignores characters that are not base64. Encoding the key again shows whether it ignored any.
  if (key.length !== keyBytes || withoutPadding(key.toString('base64')) !== withoutPadding(text.trim()))
    throw new Error(`a key is ${keyBytes} bytes in base64`);
  return key;
}

/** The path of the key of a data directory. */
export function keyFile(dataDir: string): string {
  return join(dataDir, 'system.key');
}

/** Whether this data directory has its key. Without it, nobody can ever read the cases in it again. */
export function hasKey(dataDir: string): boolean {
  return existsSync(keyFile(dataDir));
}

/** The key of this data directory. It is made on first use, and only its owner can read it. An error of the disk keeps its `code`. */
export async function loadOrCreateKey(dataDir: string): Promise<SystemKey> {
  if (!hasKey(dataDir)) await createKey(dataDir);
  try {
    return keyFromBase64(readFileSync(keyFile(dataDir), 'utf8'));
  } catch (error) {
    throw new Error(`${keyFile(dataDir)} cannot be used: ${(error as Error).message}`);
  }
}

/** A key for one purpose, derived from the system key. It reveals nothing about the keys for other purposes. */
export function derivedKey(key: SystemKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `reflection-period-service/${purpose}`, keyBytes));
}

/** The key is written to another file and then linked into place. A stop halfway leaves no half key, and of two writers one wins. */
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
