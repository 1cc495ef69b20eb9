import { writeFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { ConfigError } from '../../src/settings/configError';
import { diskFault } from '../../src/embedded/diskFault';

describe('an error of the disk', () => {
  it('becomes one line that names the variable, the directory and the reason', async () => {
    const full = thrown(() => writeFileSync('/dev/full', 'x'));
    expect(diskFault('/data', full)).toEqual(new ConfigError('DATA_DIR: /data cannot be used: the disk is full'));
    const taken = await mkdir('/tmp').catch((error: unknown) => error);
    expect(diskFault('/data', taken)).toEqual(new ConfigError('DATA_DIR: /data cannot be used: /tmp (EEXIST)'));
    const none = await readFile('/tmp').catch((error: unknown) => error);
    expect(diskFault('/data', none)).toEqual(new ConfigError('DATA_DIR: /data cannot be used: /data (EISDIR)'));
  });

  it('is distinguished from an error of a port and from a fault of our code', async () => {
    const server = createServer().listen(0, '203.0.113.1');
    const [refused] = (await once(server, 'error', { signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => [error])) as [
      unknown,
    ];
    expect(diskFault('/data', refused)).toBe(refused);
    const mistake = new TypeError('no');
    expect(diskFault('/data', mistake)).toBe(mistake);
  });
});

function thrown(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
