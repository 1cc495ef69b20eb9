import { Client, Connection } from '@temporalio/client';
import { createApp } from '../api/app';
import { createCasework } from '../casework/casework';
import { asksLivingRuns } from '../casework/temporal/caseCall';
import { temporalEngine } from '../casework/temporal/engine';
import { triedOnce } from '../casework/temporal/retryPolicy';
import type { CaseKeys } from '../privacy/caseKeys';
import type { Seals } from '../privacy/codec';
import { dataConverterFor } from '../privacy/dataConverter';
import { keyedHashOf } from '../privacy/keyedHash';
import type { StaffFile } from '../settings/staffFile';
import { listen } from './listen';
import { log } from './log';

export interface ApiSettings {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly seals: Seals & { readonly keys: CaseKeys };
  readonly identity: string;
  readonly staff: StaffFile;
  readonly tokens: { readonly issuer: string; readonly audience: string };
  readonly policyEdition: string | undefined;
  readonly publicUrl: string;
  readonly port: number;
  /** Without it the API listens on every address, as in a container behind a proxy. */
  readonly host?: string;
}

/** Serves the API. The returned `stop` ends it. */
export async function serveApi(settings: ApiSettings): Promise<{ stop(): Promise<void> }> {
  const { address, namespace } = settings.temporal;
  const connection = await Connection.connect({ address, ...triedOnce });
  const { systemKey, keys } = settings.seals;
  const dataConverter = dataConverterFor(settings.seals, 'asking');
  const client = new Client({ connection, namespace, identity: settings.identity, dataConverter, ...asksLivingRuns });
  const { staff, tokens, policyEdition, publicUrl } = settings;
  const hash = keyedHashOf(systemKey);
  const stopping = new AbortController();
  const engine = temporalEngine({ client, hash, log, keys, stopping: stopping.signal });
  const app = createApp({ casework: createCasework({ ...engine, staff, policyEdition, hash }), staff, tokens, publicUrl, log });
  const server = await listen(app, settings).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  return {
    stop: async () => {
      await server.stop(() => stopping.abort());
      // Here no call is under way any more, and none will be retried.
      await connection.close();
    },
  };
}
