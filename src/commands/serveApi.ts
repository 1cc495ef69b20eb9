import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { createApp } from '../api/app';
import { httpServerOf } from '../api/httpServer';
import { soonAgain } from '../api/retries';
import { dataConverterFor } from '../privacy/dataConverter';
import type { CaseKey } from '../privacy/key';
import { keyedHashOf } from '../privacy/keyedHash';
import type { StaffFile } from '../staffFile';
import { log } from './log';

/** Requests that came in before we were to stop are answered, if that takes no longer. */
const lastAnswersMs = 2_000;

export interface ApiSettings {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly key: CaseKey;
  readonly identity: string;
  readonly staff: StaffFile;
  readonly tokens: { readonly issuer: string; readonly audience: string };
  readonly policyEdition: string | undefined;
  readonly publicUrl: string;
  readonly port: number;
  /** Left out, it listens on every address: in a container, behind a proxy. */
  readonly host?: string;
}

/** Serves the API; the answer stops it. */
export async function serveApi(settings: ApiSettings): Promise<{ stop(): Promise<void> }> {
  const { address, namespace } = settings.temporal;
  const connection = await Connection.connect({ address, interceptors: [soonAgain] });
  const client = new Client({ connection, namespace, identity: settings.identity, dataConverter: dataConverterFor(settings.key) });
  const { key, staff, tokens, policyEdition, publicUrl } = settings;
  const app = createApp({ client, staff, tokens, policyEdition, publicUrl, hash: keyedHashOf(key), log });
  const server = await listen(app, settings).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  return {
    stop: async () => {
      await stop(server);
      await connection.close();
    },
  };
}

async function listen(app: RequestListener, { port, host }: ApiSettings): Promise<Server> {
  const server = httpServerOf(app);
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await Promise.race([closed, pause(lastAnswersMs, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
}
