import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import { sessionSecrets } from '../../../src/commands/sessionSeal';
import { uiColumns, uiLists } from '../../../src/commands/uiLists';
import { createDoor, type DoorParts } from '../../../src/door/door';
import { startIssuer } from '../../../src/embedded/issuer';
import { readIssuerSecrets } from '../../../src/embedded/issuerSecrets';
import { requestToken } from '../../../src/embedded/tokenRequest';
import { identityFor } from '../../../src/login/identity';
import { caseKeysOf } from '../../../src/privacy/caseKeys';
import { CaseCodec, systemKeyId } from '../../../src/privacy/codec';
import { localMasterKeys } from '../../../src/privacy/masterKey';
import { StoreAway } from '../../../src/store/storeAway';
import { caseNames } from '../../../src/workflows/messages';
import { demoStaff } from '../../api/support/staff';
import { Browser, type Page } from '../../login/support/browser';
import { RowsInMemory } from '../../login/support/rows';
import { freePorts } from '../../support/freePorts';
import { testKey } from '../../support/key';
import { rowsInMemory } from '../../support/keyRows';

export type Line = Parameters<DoorParts['audit']['write']>[0];

/** A door before a Web UI, with a real login. */
export async function startDoor(ui: URL, trustedProxies: readonly string[] = []) {
  const dataDir = await mkdtemp(join(tmpdir(), 'door-'));
  const [issuerPort = 0, port = 0] = await freePorts(2);
  const site = `http://localhost:${port}`;
  const issuer = await startIssuer({
    port: issuerPort,
    dataDir,
    staff: demoStaff.staff,
    sites: [{ clientId: 'door', redirectUri: `${site}/login/callback`, afterLogout: `${site}/logged-out` }],
  });
  const state = { ahead: 0, storeIsAway: false, linesAreLost: false };
  const clock = () => Date.now() + state.ahead;
  const lines: Line[] = [];
  const logged: object[] = [];
  const counted: object[] = [];
  const table = rowsInMemory();
  const keys = caseKeysOf({ rows: table, masterKeys: localMasterKeys(() => [testKey]) });
  const codec = new CaseCodec({ systemKey: testKey, keys, namespace: 'default', cases: caseNames }, 'asking');
  const { issuer: name, audience, clientSecret } = issuer;
  const door = createDoor({
    publicUrl: site,
    client: { issuer: name, clientId: 'door', clientSecret, scope: 'openid' },
    identity: identityFor({ issuer: name, audience }, demoStaff),
    sessions: new RowsInMemory(clock),
    ...sessionSecrets(testKey, 'door'),
    ui,
    trustedProxies,
    namespace: 'default',
    lists: uiLists,
    columns: uiColumns,
    rows: { ofKeyIds: async (ids) => (state.storeIsAway ? Promise.reject(new StoreAway('a test')) : table.ofKeyIds(ids)) },
    codec,
    systemKeyId: systemKeyId(testKey),
    audit: {
      write: async (line, { durable }) => {
        if (state.linesAreLost || !durable) throw new Error('not written');
        lines.push(line);
      },
    },
    refused: { count: (refused) => void counted.push(refused) },
    log: { error: (fields) => void logged.push(fields) },
    clock,
  });
  const server = createServer(door);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    site,
    state,
    lines,
    logged,
    /** The requests that were refused before anything was asked. */
    counted,
    table,
    keys,
    /** A browser in which nobody is logged in. */
    browser: () => new Browser(),
    /** A browser in which somebody has logged in, or tried to. */
    async browserOf(id: string): Promise<Browser & { readonly page: Page }> {
      const browser = new Browser();
      const page = await browser.send(await browser.goTo(`${site}/`), { id });
      return Object.assign(browser, { page });
    },
    async tokenOf(id: string): Promise<string> {
      const secrets = readIssuerSecrets(dataDir);
      if (secrets === undefined) throw new Error('the issuer kept no secrets');
      return requestToken(issuerPort, secrets, id);
    },
    /** A word of a case, or of none, as Temporal keeps it. */
    async sealed(word: string, reference?: string): Promise<Payload> {
      const [payload = {}] = await codec.encode(
        [defaultPayloadConverter.toPayload(word)],
        reference === undefined ? undefined : ofCase(reference),
      );
      return payload;
    },
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
      await issuer.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type Doorway = Awaited<ReturnType<typeof startDoor>>;

export function ofCase(reference: string): SerializationContext {
  return { type: 'workflow', namespace: 'default', workflowId: caseNames.workflowIdOf(reference) };
}

/** A payload as a page sends it. */
export function onTheWire({ metadata, data }: Payload): object {
  const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');
  const entries = Object.entries(metadata ?? {}).map(([key, value]) => [key, base64(value)]);
  return { metadata: Object.fromEntries(entries), data: base64(data) };
}

/** A server in the place of the Web UI, which keeps the headers of what it was asked. */
export async function startMirror(): Promise<{ address: URL; asked: NodeJS.Dict<string | string[]>[]; stop(): Promise<void> }> {
  const asked: NodeJS.Dict<string | string[]>[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.headers);
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Set-Cookie', '_csrf=abc; Path=/').end('a page');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    address: new URL(`http://127.0.0.1:${port}`),
    asked,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
