import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cooperationForms } from '../src/domain/facts/catalogue';
import { startDatabase } from '../src/embedded/database';
import { keyFiles, makeKeyFiles, replaceMasterKeys } from '../src/privacy/keyFiles';
import { openStore } from '../src/store/store';
import { roles } from '../src/domain/basics/roles';
import { noticeNames } from '../src/domain/words/names';
import { activitiesAt, closeMailers, m55, reference } from './activities/given';
import { masterKey, startService, type Service } from './api/support/service';
import { startWithRegister } from './api/support/withRegister';
import { freePorts } from './support/freePorts';
import { until } from './support/until';

const root = join(__dirname, '..');

describe('the guide for other systems', () => {
  it('names every role of a token, and every form of cooperation of a signal', async () => {
    const text = await read('docs/integrating.md');
    expect([...roles, ...cooperationForms].filter((each) => !text.includes(`\`${each}\``))).toEqual([]);
  });

  it('names every kind of notice', async () => {
    const text = await read('docs/integrating.md');
    const notices = text.slice(text.indexOf('## Notices to partners'), text.indexOf('## Signals'));
    const named = [...notices.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, kind]) => kind);
    expect(named.toSorted()).toEqual(Object.keys(noticeNames).toSorted());
  });
});

describe('the example of a receiver', () => {
  it('accepts a signed notice once, prints it, and refuses one without a valid signature', async () => {
    const [port = 0] = await freePorts(1);
    const said = await receiver(port, secretOf(7));
    const tell = (secret: string) =>
      activitiesAt({
        partners: { partners: [{ id: 'ind', by: 'webhook', url: `http://127.0.0.1:${port}`, secret }] },
        smtpUrl: 'smtp://127.0.0.1:9',
      }).notify('permitApplication', m55);

    expect(await tell(secretOf(8))).toMatchObject({ outcome: 'failed' });
    expect(await tell(secretOf(7))).toMatchObject({ outcome: 'delivered' });
    expect(await tell(secretOf(7))).toMatchObject({ outcome: 'delivered' });
    expect(await said('m55')).toEqual(['waiting for notices', `${reference} m55-cooperation 2027-12-05`]);
  });

  let running: ChildProcess | undefined;
  afterEach(() => {
    running?.kill();
    closeMailers();
  });

  async function receiver(port: number, secret: string) {
    running = spawn(process.execPath, ['examples/receive-notices.mjs', String(port), secret], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    if (running.stdout === null) throw new Error('it says nothing');
    const output = createInterface(running.stdout).on('line', (line) => lines.push(line));
    while (lines.length === 0) await once(output, 'line');
    /** Its output, up to a line with these words. */
    return async (words: string) => {
      while (!lines.some((line) => line.includes(words))) await once(output, 'line');
      return lines;
    };
  }
});

describe('the example of a signal', () => {
  it('tells a case that the person cooperates, with our encryption', async () => {
    const service = await startService();
    const case1 = await service.open();
    const dataDir = await mkdtemp(join(tmpdir(), 'signal-'));
    const database = await startDatabase({ dataDir });
    await keep(service, dataDir, database.socket);

    await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'examples/signal-cooperation.ts', dataDir, case1, 'police-1', service.env.address],
      { cwd: root },
    );

    // Nobody waits for the answer of a signal.
    const itsFacts = async () => (await service.as('caseworker-1').get(`/v1/pathways/${case1}/facts`)).body.items;
    await until('the case shows it', async () => (await itsFacts()).length > 0);
    const items = await itsFacts();
    await Promise.all([service.stop(), database.stop()]);
    await rm(dataDir, { recursive: true });
    expect(items).toMatchObject([{ type: 'cooperated', form: 'reportSigned', recordedBy: 'police-1' }]);
  });
});

describe('the example of a copy', () => {
  it('keeps it in step while either side stops and starts, begins anew after a restore, and drops what has gone', async () => {
    const service = await startWithRegister();
    const folder = await mkdtemp(join(tmpdir(), 'copy-'));
    const [tokenFile, copyFile] = [join(folder, 'token'), join(folder, 'copy.json')];
    await writeFile(tokenFile, await service.issuer.token(service.issuer.claimsOf('caseworker-1')));
    const [port = 0] = await freePorts(1);
    const api = () => forwarding(port, service.address);
    const copies = () => copying([`http://127.0.0.1:${port}`, tokenFile, copyFile, '0.05']);
    const inCopy = async (reference: string) => (JSON.parse(await readFile(copyFile, 'utf8')) as Copy).pathways[reference];
    const [first, second] = [await service.open(), await service.open()];
    await Promise.all([first, second].map(service.settled));

    const way = await api();
    const reader = copies();
    await reader.says(`${first} intake`);
    await reader.says(`${second} intake`);
    await reader.kill();
    await service.as('police-1').tell(first, { type: 'reflectionStarted' });
    await service.settled(first);

    const again = copies();
    await again.says(`${first} reflection`);
    await until(
      'the copy has both',
      async () => (await inCopy(second)) !== undefined && (await inCopy(first))?.pathway.stage === 'reflection',
    );
    await way.close();
    await service.as('supervisor-1').tell(second, { type: 'intakeCorrected', reason: 'mistake', office: 'rotterdam' });
    await service.settled(second);
    const reopened = await api();
    await again.says(`${second} gone`);
    await until('the copy lacks what has gone', async () => (await inCopy(second)) === undefined);

    await service.database.asOwner(`update pathways.register_filled set at = at + interval '1 second'`);
    await again.says('the other side was restored: begin anew');
    await until('the copy is whole again', async () => (await inCopy(first))?.pathway.stage === 'reflection');
    await again.kill();
    await reopened.close();
    await service.stop();
    await rm(folder, { recursive: true });
  });

  interface Copy {
    readonly pathways: Readonly<Record<string, { readonly pathway: { readonly stage: string } } | undefined>>;
  }

  function copying(args: readonly string[]) {
    const child = spawn(process.execPath, ['examples/keep-in-step.mjs', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    createInterface(child.stdout).on('line', (line) => lines.push(line));
    return {
      lines,
      says: (words: string) => until(`the copy says ${words}`, () => lines.includes(words)),
      kill: async () => {
        child.kill('SIGKILL');
        await once(child, 'close');
      },
    };
  }

  /** An address of the API that can be closed, as an API that stops is. */
  async function forwarding(port: number, to: string) {
    const server = createServer((request, response) => {
      const { authorization = '' } = request.headers;
      fetch(`${to}${request.url}`, { headers: { authorization } }).then(
        async (answer) => response.writeHead(answer.status).end(await answer.text()),
        () => response.destroy(),
      );
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return {
      close: async () => {
        server.closeAllConnections();
        await once(server.close(), 'close');
      },
    };
  }
});

/** Puts the keys of the service into a data directory, as those of `npm start` are. */
async function keep({ keyRows, key }: Service, dataDir: string, socket: string): Promise<void> {
  await makeKeyFiles(dataDir);
  await writeFile(keyFiles(dataDir).system, key.toString('base64'));
  await replaceMasterKeys(dataDir, [masterKey]);
  const store = openStore({ socket });
  for (const row of keyRows.rows.values()) await store.caseKeys.add(row);
  await store.close();
}

function read(file: string): Promise<string> {
  return readFile(join(root, file), 'utf8');
}

function secretOf(byte: number): string {
  return `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
}
