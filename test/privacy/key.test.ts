import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasKey, keyFile, keyFromBase64, loadOrCreateKey } from '../../src/privacy/key';
import { keyedHashOf } from '../../src/privacy/keyedHash';

describe('the key of a data directory', () => {
  it('is made once and then stays the same', async () => {
    const made = await loadOrCreateKey(dataDir);
    expect(made).toHaveLength(32);
    expect(await loadOrCreateKey(dataDir)).toEqual(made);
  });

  it('is the same for all processes that ask at once', async () => {
    const keys = await Promise.all([1, 2, 3].map(() => loadOrCreateKey(dataDir)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  });

  it('is readable for its owner only', async () => {
    await loadOrCreateKey(dataDir);
    expect((await stat(keyFile(dataDir))).mode & 0o777).toBe(0o600);
  });

  it('is not replaced if it is damaged', async () => {
    await writeFile(keyFile(dataDir), 'half a k');
    await expect(loadOrCreateKey(dataDir)).rejects.toThrow('system.key cannot be used: a key is 32 bytes in base64');
    expect(hasKey(dataDir)).toBe(true);
  });

  it.each(['', 'AAAA', 'not base64 at all, and yet thirty-two bytes', 'A'.repeat(44)])('is not %j', (text) => {
    expect(() => keyFromBase64(text)).toThrow('a key is 32 bytes in base64');
  });
});

describe('a keyed hash', () => {
  it('is the same for the same text, and different for another text, purpose or key', () => {
    const key = Buffer.alloc(32, 1);
    const hash = keyedHashOf(key)('reference', 'caseworker-1/abc').toString('hex');
    expect(keyedHashOf(key)('reference', 'caseworker-1/abc').toString('hex')).toBe(hash);
    expect(keyedHashOf(key)('reference', 'caseworker-1/abd').toString('hex')).not.toBe(hash);
    expect(keyedHashOf(key)('idempotency', 'caseworker-1/abc').toString('hex')).not.toBe(hash);
    expect(keyedHashOf(Buffer.alloc(32, 2))('reference', 'caseworker-1/abc').toString('hex')).not.toBe(hash);
  });
});

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'key-'));
});
afterEach(async () => {
  await rm(dataDir, { recursive: true });
});
