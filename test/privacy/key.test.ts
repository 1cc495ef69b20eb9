import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { keyFromBase64 } from '../../src/privacy/key';
import {
  keyFiles,
  makeKeyFiles,
  missingKeyFile,
  newKey,
  readMasterKeys,
  readSystemKey,
  replaceMasterKeys,
} from '../../src/privacy/keyFiles';
import { keyedHashOf } from '../../src/privacy/keyedHash';

describe('the keys of a data directory', () => {
  it('are made once and then stay the same', async () => {
    expect(missingKeyFile(dataDir)).toBe(keyFiles(dataDir).system);
    await makeKeyFiles(dataDir);
    const made = keys();
    for (const key of made) expect(key).toHaveLength(32);
    await makeKeyFiles(dataDir);
    expect(keys()).toEqual(made);
    expect(missingKeyFile(dataDir)).toBeUndefined();
  });

  it('are the same for all processes that ask at once', async () => {
    const read = await Promise.all([1, 2, 3].map(() => makeKeyFiles(dataDir).then(keys)));
    expect(new Set(read.map((each) => each.map((key) => key.toString('hex')).join())).size).toBe(1);
  });

  it('are readable for their owner only, also after a rotation', async () => {
    await makeKeyFiles(dataDir);
    await replaceMasterKeys(dataDir, [newKey(), newKey()]);
    const { system, masters } = keyFiles(dataDir);
    for (const file of [system, masters]) expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(system))).mode & 0o777).toBe(0o700);
    expect(await readdir(dirname(system))).toHaveLength(2);
  });

  it('are in order: the first master key wraps', async () => {
    await makeKeyFiles(dataDir);
    const [one, other] = [newKey(), newKey()];
    await replaceMasterKeys(dataDir, [one, other]);
    expect(readMasterKeys(dataDir)).toEqual([one, other]);
  });

  it.each(['system', 'masters'] as const)('are not replaced if they are damaged: %s', async (which) => {
    await makeKeyFiles(dataDir);
    const file = keyFiles(dataDir)[which];
    await writeFile(file, 'half a k');
    await makeKeyFiles(dataDir);
    expect(keys).toThrow(`${file} cannot be used: a key is 32 bytes in base64`);
  });

  it.each(['', 'AAAA', 'not base64 at all, and yet thirty-two bytes', 'A'.repeat(44)])('are never %j', (text) => {
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

function keys(): readonly Buffer[] {
  return [readSystemKey(dataDir), ...readMasterKeys(dataDir)];
}

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'key-'));
});
afterEach(async () => {
  await rm(dataDir, { recursive: true });
});
