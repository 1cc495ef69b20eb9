import { Client, Connection } from '@temporalio/client';
import { createApp } from '../api/app';
import { statusOf } from '../api/http/errorHandler';
import { createCasework } from '../casework/casework';
import { registeredPathways } from '../casework/registered';
import { asksLivingRuns } from '../casework/temporal/caseCall';
import type { Readiness } from '../casework/ports/readiness';
import { temporalEngine } from '../casework/temporal/engine';
import { triedOnce } from '../casework/temporal/retryPolicy';
import { dataConverterFor } from '../privacy/dataConverter';
import { measuredCasework, measuredTakeovers } from '../metrics/measuredCasework';
import { noMeters, type Meters } from '../metrics/meters';
import { observing } from '../metrics/observer';
import { redactError } from '../errors/redactError';
import { keyedHashOf } from '../privacy/keyedHash';
import { registerForm } from '../register/caseRows';
import { openLists } from '../register/lists';
import { caseRegister, type OpenCaseRegister } from '../register/caseRegister';
import type { StaffFile } from '../settings/staffFile';
import type { Store } from '../store/store';
import { engineNumbers } from './engineNumbers';
import { listen } from './listen';
import { log } from './log';
import { openAudit } from './openAudit';
import type { OpenedKeys } from './openKeys';
import { openRegisterIn } from './openRegister';
import { openStatistics } from './openStatistics';

export interface ApiSettings {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly keys: OpenedKeys;
  readonly store: Pick<Store, 'answers' | 'audit' | 'caseKeys' | 'register' | 'lists' | 'numbers' | 'statistics'>;
  readonly identity: string;
  readonly staff: StaffFile;
  readonly tokens: { readonly issuer: string; readonly audience: string };
  readonly policyEdition: string | undefined;
  readonly publicUrl: string;
  /** The requests that one caller may send in a minute. */
  readonly requestsPerMinute: number;
  /** Addresses and subnets. Only their word about the address of a caller counts. */
  readonly trustedProxies: readonly string[];
  /** Left out, the API measures nothing. */
  readonly meters?: Meters | undefined;
  readonly port: number;
  /** Without it the API listens on every address, as in a container behind a proxy. */
  readonly host?: string;
}

/** Serves the API. The returned `stop` ends it. */
export async function serveApi(settings: ApiSettings): Promise<{ stop(): Promise<void> }> {
  const { address, namespace } = settings.temporal;
  const connection = await Connection.connect({ address, ...triedOnce });
  const { seals } = settings.keys;
  const dataConverter = dataConverterFor(seals, 'asking');
  const client = new Client({ connection, namespace, identity: settings.identity, dataConverter, ...asksLivingRuns });
  const { store, keys, staff, tokens, policyEdition, publicUrl, requestsPerMinute, trustedProxies } = settings;
  const hash = keyedHashOf(seals.systemKey);
  const stopping = new AbortController();
  const engine = temporalEngine({ client, keys: seals.keys, log, stopping: stopping.signal });
  const unmeasured = caseRegister({
    register: openRegisterIn(store, seals),
    answers: () => store.answers(),
    failed: (error) => log.error({ error: redactError(error) }, 'the register was not read or written'),
  });
  const meters = settings.meters ?? noMeters;
  const { cases, register } = measuredTakeovers(engine.cases, unmeasured, meters);
  const readiness = withStore(engine.readiness, store, keys, register);
  const pathways = registeredPathways(cases, register, (source) => meters.measure('pathways_reads_total', 1, { source }));
  const lists = openLists({ tables: store.lists, keys: seals.keys, systemKey: seals.systemKey });
  const { audit, officeOf, refused, ...auditing } = openAudit(store, hash);
  const statistics = openStatistics(store.statistics, seals.systemKey);
  const unmeasuredCasework = createCasework({
    ...engine,
    pathways,
    lists,
    readiness,
    statistics,
    staff,
    policyEdition,
    hash,
    audit,
    officeOf,
    statusOf,
  });
  const casework = measuredCasework(unmeasuredCasework, statusOf, meters);
  const app = createApp({ casework, staff, tokens, publicUrl, requestsPerMinute, trustedProxies, refused, log });
  const server = await listen(app, settings).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  const observer =
    settings.meters &&
    observing({
      readiness,
      engine: () => engineNumbers(client),
      numbers: store.numbers,
      offices: staff.offices.map(({ id }) => id),
      meters,
      failed: (source, error) => log.warn({ source, error: redactError(error) }, 'the numbers of a source cannot be read'),
    });
  return {
    stop: async () => {
      await server.stop(() => stopping.abort());
      await observer?.stop();
      register.stop();
      await auditing.stop();
      // Here no call is under way any more, and none will be retried.
      await connection.close();
    },
  };
}

/** The engine knows nothing of the database and of the keys in it, and the cases need them. */
function withStore(
  readiness: () => Promise<Readiness>,
  store: ApiSettings['store'],
  keys: OpenedKeys,
  register: Pick<OpenCaseRegister, 'lag'>,
): () => Promise<Readiness> {
  return async () => {
    const [cases, lag, [database], [complete], [olderForms]] = await Promise.all([
      readiness(),
      register.lag(),
      Promise.allSettled([store.answers()]),
      Promise.allSettled([keys.areComplete()]),
      Promise.allSettled([store.register.hasOlderForms(registerForm)]),
    ]);
    return {
      ...cases,
      register: olderForms.status === 'fulfilled' ? { ...lag, hasOlderForms: olderForms.value } : lag,
      parts: {
        ...cases.parts,
        database: database.status === 'fulfilled' ? 'up' : 'down',
        ...(complete.status === 'fulfilled' ? { keys: complete.value ? 'up' : 'down' } : {}),
      },
    };
  };
}
