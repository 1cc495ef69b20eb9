import { chmod, mkdir, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { until } from '../support/until';
import { installations, listening, start, token, type Settings } from './service';

describe('a damaged database', () => {
  it('ends the service with one line and exit code 1, however it was damaged', async () => {
    const service = begin(start(settings));
    await service.ready();
    for (const key of ['one', 'two', 'three']) expect(await openCase(key)).toBe(201);
    service.child.kill('SIGTERM');
    await service.ended;

    const database = join(dataDir, 'temporal.db');
    const whole = await readFile(database);
    const damages: [string, () => Promise<void>][] = [
      ['its end is overwritten', () => overwrite(database, whole.length - 65_536, 65_536)],
      ['its header is overwritten', () => overwrite(database, 0, 100)],
      ['its end is cut off', () => truncate(database, whole.length - 65_536)],
      ['something else is in its place', () => writeFile(database, 'cases')],
    ];
    for (const [, damage] of damages) {
      await writeFile(database, whole);
      await damage();
      const ended = await begin(start(settings)).ended;
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining(sentence(database)) });
      const lines = ended.stderr.trim().split('\n');
      expect(lines.filter((line) => !line.startsWith('{'))).toEqual([sentence(database)]);
      await expect(listening(settings)).resolves.toEqual([]);
    }

    await writeFile(database, whole);
    await begin(start(settings)).ready();
  });
});

describe('a full disk', () => {
  it('is reported in the log while the service runs, keeps its data and stops on request', async () => {
    const service = begin(start({ ...settings, TEMPORAL_CLI_PATH: await temporalWithPages(200) }));
    let said = '';
    service.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await service.ready();
    let key = 0;
    await until('no case can be begun any more', async () => (await openCase(`case-${(key += 1)}`)) === 503);
    expect(said).toMatch(/"level":50,.*"error":"database or disk is full \(13\)","msg":"the Temporal server reports an error"/);
    expect((await fetch(`http://127.0.0.1:${settings.API_PORT}/v1/health/live`)).status).toBe(200);
    service.child.kill('SIGINT');
    expect(await service.ended).toMatchObject({ code: 0, signal: null });
  });

  it('at the start ends the service with one line', async () => {
    const ended = await begin(start({ ...settings, TEMPORAL_CLI_PATH: await temporalWithPages(100) })).ended;
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^the Temporal server [^\n]*is full \(13\)[^\n]*\n$/),
    });
  });
});

describe('a read-only data directory', () => {
  it.each(['/proc', '/sys'])('ends the service with one line that names it: %s', async (readOnly) => {
    const ended = await begin(start({ ...settings, DATA_DIR: readOnly })).ended;
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^DATA_DIR: ${readOnly} cannot be used: [^\n]*\n$`)),
    });
  });

  it.each(['mail', 'issuer.json', 'keys/system.key', 'keys/master.keys', 'temporal.db', 'format.json'])(
    'ends the service with one line if something else has the name %s',
    async (name) => {
      const place = join(dataDir, name);
      await (name === 'mail' ? writeFile(place, '') : mkdir(place, { recursive: true }));
      const ended = await begin(start(settings)).ended;
      expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) });
    },
  );
});

describe('a data directory of another version', () => {
  it.each([
    ['no format.json', undefined, 'no format.json, as before version 0.3.0'],
    ['an older format', '{"format":1}\n', 'format 1'],
    ['a newer format', '{"format":4}\n', 'format 4'],
    ['a format that is no number', '{"format":"two"}\n', 'format unknown'],
    ['a format.json that is cut off', '{"for', 'format unknown'],
  ])(
    'ends the service with one line that names both formats, with %s beside the database; nothing is touched',
    async (_, format, theirs) => {
      await writeFile(join(dataDir, 'temporal.db'), 'cases');
      if (format !== undefined) await writeFile(join(dataDir, 'format.json'), format);
      const before = await contents();
      const line =
        `DATA_DIR: ${dataDir} has ${theirs}, and this version needs format 3: ` +
        'its cases cannot go on here. Set the folder aside and start with an empty one; nothing was touched\n';
      expect(await begin(start(settings)).ended).toMatchObject({ code: 1, stdout: '', stderr: line });
      expect(await contents()).toEqual(before);
    },
  );

  it.each(['case.key', 'system.key'])('ends the service with the same line if only the key of an old version is left: %s', async (name) => {
    await writeFile(join(dataDir, name), 'a key');
    const { code, stderr } = await begin(start(settings)).ended;
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/has no format\.json, as before version 0\.3\.0, and this version needs format 3/),
    ]);
    expect(await contents()).toEqual([[name, 'a key']]);
  });

  it('is accepted if this version made it: the first start marks it, later starts accept it', async () => {
    const marked = async () => {
      const service = begin(start(settings));
      await service.ready();
      service.child.kill('SIGTERM');
      await service.ended;
      return readFile(join(dataDir, 'format.json'), 'utf8');
    };
    expect(await marked()).toBe('{"format":3}\n');
    expect(await marked()).toBe('{"format":3}\n');
  });
});

async function contents(): Promise<readonly (readonly [string, string])[]> {
  const names = (await readdir(dataDir)).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(join(dataDir, name), 'utf8')] as const));
}

function sentence(database: string): string {
  return `the database ${database} is damaged: put back a copy of it, or set DATA_DIR`;
}

async function overwrite(path: string, from: number, length: number): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(length, 0xa5), 0, length, from);
  await file.close();
}

/** Temporal's own server with a limit on the pages of its database. SQLite then reports a full disk without one. */
async function temporalWithPages(count: number): Promise<string> {
  const script = join(dataDir, 'temporal');
  await writeFile(script, `#!/bin/sh\nexec ${await findTemporalCli()} "$@" --sqlite-pragma max_page_count=${count}\n`);
  await chmod(script, 0o755);
  return script;
}

async function openCase(key: string): Promise<number> {
  bearer ??= (await begin(token(settings, 'caseworker-1')).ended).stdout.trim();
  const answer = await fetch(`http://127.0.0.1:${settings.API_PORT}/v1/pathways`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${bearer}`, 'Idempotency-Key': key, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      indication: { observedOn: '2026-01-02', by: 'shelter' },
      office: 'amsterdam',
      person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'XX' },
    }),
  });
  return answer.status;
}

let bearer: string | undefined;
let dataDir: string;
let settings: Settings;
const { begin } = installations((made) => {
  ({ dataDir, settings } = made);
  bearer = undefined;
});
