import { join, resolve } from 'node:path';
import { z } from 'zod';
import { faultsIn } from './configError';
import { editions } from '../domain/policy/editions';
import { dataDir, registerSettings, tablesSettings } from './besideStart';
import { databaseUrl } from './databaseUrl';
import { doorSettings, doorVariables, tokenVariables } from './doorVariables';
import { masterKeys } from './keys';
import { metricsSettings, metricsVariables, type MetricsPlace } from './metricsVariables';
import { ports, type PortVariable } from './ports';
import { productionSettings, productionVariables, type ProductionConfig } from './productionVariables';
import { publicUrl, webAddress, withoutSlash } from './publicUrl';
import * as release from './releaseVariables';
import { read, refuseOldName, type Environment } from './read';
import { requestsPerMinute } from './requestsPerMinute';
import { required } from './required';
import { fileVariables } from './secretFiles';
import { signingSecret } from './signingSecret';
import { smtpUrl } from './smtpUrl';
import { trustedProxies } from './trustedProxies';

const embeddedDemo = resolve(__dirname, '..', 'embedded', 'demo');

const demoFiles = {
  STAFF_FILE: z.string().default(join(embeddedDemo, 'staff.json')),
  PARTNERS_FILE: z.string().default(join(embeddedDemo, 'partners.json')),
};

const policyEdition = z
  .enum(
    editions.map(({ edition }) => edition),
    `one of ${editions.map(({ edition }) => edition).join(', ')}`,
  )
  .optional();

const embedded = z
  .object({
    ...ports,
    METRICS_PORT: metricsVariables.METRICS_PORT,
    ...demoFiles,
    DATA_DIR: dataDir,
    POLICY_EDITION: policyEdition,
    API_REQUESTS_PER_MINUTE: requestsPerMinute,
    PUBLIC_URL: webAddress.optional(),
  })
  .superRefine((values, context) => {
    const variables = [...(Object.keys(ports) as PortVariable[]), 'METRICS_PORT'] as const;
    for (const [index, variable] of variables.entries()) {
      const same = variables.slice(0, index).find((other) => values[other] === values[variable]);
      if (same !== undefined) context.addIssue({ code: 'custom', path: [variable], message: `the same port as ${same}` });
    }
  });

const api = z.object({
  ...productionVariables,
  ...tokenVariables,
  ...metricsVariables,
  API_PORT: ports.API_PORT,
  PUBLIC_URL: publicUrl,
  POLICY_EDITION: policyEdition,
  API_REQUESTS_PER_MINUTE: requestsPerMinute,
  TRUSTED_PROXIES: trustedProxies,
});

const door = z.object({
  ...productionVariables,
  ...tokenVariables,
  ...doorVariables,
  TEMPORAL_UI_PORT: ports.TEMPORAL_UI_PORT,
  TRUSTED_PROXIES: trustedProxies,
});

const worker = z.object({
  ...productionVariables,
  ...metricsVariables,
  ...release.builds,
  PUBLIC_URL: publicUrl,
  PARTNERS_FILE: required('the file of the partners'),
  SMTP_URL: smtpUrl,
  SMTP_PLAIN: z.enum(['true', 'false'], 'false, or true if letters and the password may go in clear').default('false'),
  MAIL_FROM: z.email({ error: 'is required: the address our mail comes from' }),
});

/** The names of all variables of the service, for programs that start it without the variables of their own shell. */
export const variables: readonly string[] = [
  ...new Set([embedded, api, worker, door].flatMap((settings) => Object.keys(settings.shape))),
  ...fileVariables,
];

/** The settings of `npm start`: all ports, on loopback, and the data directory. */
export interface EmbeddedConfig {
  readonly ports: Readonly<Record<PortVariable, number>>;
  readonly metrics: MetricsPlace | undefined;
  readonly dataDir: string;
  readonly staffFile: string;
  readonly partnersFile: string;
  readonly policyEdition: string | undefined;
  readonly requestsPerMinute: number;
  readonly publicUrl: string;
  /** npm started this process, so the process stops when npm is gone. */
  readonly underNpm: boolean;
}

/** The settings of `npm run start:api`. */
export interface ApiConfig extends ProductionConfig {
  readonly publicUrl: string;
  readonly port: number;
  readonly tokens: { readonly issuer: string; readonly audience: string };
  readonly policyEdition: string | undefined;
  /** The requests that one caller may send in a minute. */
  readonly requestsPerMinute: number;
  /** Addresses and subnets. Only their word about the address of a caller counts. */
  readonly trustedProxies: readonly string[];
  readonly metrics: MetricsPlace | undefined;
}

/** The settings of `npm run start:worker`. */
export interface WorkerConfig extends ProductionConfig {
  readonly metrics: MetricsPlace | undefined;
  readonly publicUrl: string;
  readonly partnersFile: string;
  /** The folder of the kept builds of the workflows. */
  readonly workflowsDir: string;
  readonly smtp: { readonly smtpUrl: string; readonly from: string; readonly plain: boolean };
}

/** The settings of `npm run start:door`. */
export interface DoorConfig extends ProductionConfig, ReturnType<typeof doorSettings> {
  readonly port: number;
  readonly tokens: ApiConfig['tokens'];
  readonly trustedProxies: readonly string[];
}

/** The settings of `npm start`; throws a `ConfigError` naming every fault. */
export function embeddedConfig(env: Environment = process.env): EmbeddedConfig {
  const values = read(embedded, env);
  const listening = Object.fromEntries(Object.keys(ports).map((name) => [name, values[name as PortVariable]]));
  return {
    ports: listening as Record<PortVariable, number>,
    metrics: metricsSettings({ METRICS_HOST: '127.0.0.1', METRICS_PORT: values.METRICS_PORT }),
    dataDir: resolve(values.DATA_DIR),
    staffFile: resolve(values.STAFF_FILE),
    partnersFile: resolve(values.PARTNERS_FILE),
    policyEdition: values.POLICY_EDITION,
    requestsPerMinute: values.API_REQUESTS_PER_MINUTE,
    publicUrl: withoutSlash(values.PUBLIC_URL ?? `http://localhost:${values.API_PORT}`),
    underNpm: env['npm_lifecycle_event'] === 'start',
  };
}

/** The settings of `npm run simulate`: nothing listens and nothing is kept. */
export function simulationConfig(env: Environment = process.env): Pick<EmbeddedConfig, 'staffFile' | 'partnersFile' | 'policyEdition'> {
  const values = read(z.object({ ...demoFiles, POLICY_EDITION: policyEdition }), env);
  return { staffFile: resolve(values.STAFF_FILE), partnersFile: resolve(values.PARTNERS_FILE), policyEdition: values.POLICY_EDITION };
}

/** The settings of the API in production; throws a `ConfigError` naming every fault. */
export function apiConfig(env: Environment = process.env): ApiConfig {
  refuseOldName(env);
  const values = read(api, env);
  return {
    ...productionSettings(values),
    publicUrl: withoutSlash(values.PUBLIC_URL),
    port: values.API_PORT,
    tokens: tokensOf(values),
    policyEdition: values.POLICY_EDITION,
    requestsPerMinute: values.API_REQUESTS_PER_MINUTE,
    trustedProxies: values.TRUSTED_PROXIES,
    metrics: metricsSettings(values),
  };
}

/** The settings of the worker in production; throws a `ConfigError` naming every fault. */
export function workerConfig(env: Environment = process.env): WorkerConfig {
  refuseOldName(env);
  const values = read(worker, env);
  return {
    ...productionSettings(values),
    publicUrl: withoutSlash(values.PUBLIC_URL),
    partnersFile: resolve(values.PARTNERS_FILE),
    workflowsDir: resolve(values.WORKFLOWS_DIR),
    metrics: metricsSettings(values),
    smtp: { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM, plain: values.SMTP_PLAIN === 'true' },
  };
}

/** The settings of the door before the Temporal UI in production; throws a `ConfigError` naming every fault. */
export function doorConfig(env: Environment = process.env): DoorConfig {
  const values = read(door, env);
  return {
    ...productionSettings(values),
    ...doorSettings(values),
    port: values.TEMPORAL_UI_PORT,
    tokens: tokensOf(values),
    trustedProxies: values.TRUSTED_PROXIES,
  };
}

/** The settings of `npm run release`, which reads no case; throws a `ConfigError` naming every fault. */
export function releaseConfig(env: Environment = process.env) {
  return release.releaseSettings(read(release.releaseVariables, env));
}

/** The settings of `npm run rehearse`, which reads every open case. `server`: the address of Temporal in place of the variable. */
export function rehearsalConfig(server: string | undefined, env: Environment = process.env) {
  return release.rehearsalSettings(read(release.rehearsalVariables, server === undefined ? env : { ...env, TEMPORAL_ADDRESS: server }));
}

/** The settings of `npm run register:rebuild` and `register:compare`; throws a `ConfigError` naming every fault. */
export function registerConfig(env: Environment = process.env) {
  return registerSettings(env);
}

/** The settings of a command on the tables alone. */
export function tablesConfig(env: Environment = process.env) {
  return tablesSettings(env);
}

/** The settings of `npm run migrate`: the login that owns the database. */
export function migrationConfig(env: Environment = process.env): ProductionConfig['database'] {
  return { url: read(z.object({ DATABASE_URL: databaseUrl }), env).DATABASE_URL };
}

/** The settings of `npm run keys:rewrap`: the login that owns the database, and all master keys, the one that takes over first. */
export function rewrapConfig(
  env: Environment = process.env,
): ProductionConfig['database'] & { readonly masterKeys: readonly [Buffer, ...Buffer[]] } {
  const { DATABASE_URL: url, MASTER_KEYS: keys } = read(z.object({ DATABASE_URL: databaseUrl, MASTER_KEYS: masterKeys }), env);
  return { url, masterKeys: keys };
}

/** The secret in a variable that `PARTNERS_FILE` names; throws a `ConfigError` that names the variable. */
export function webhookSecret(variable: string, env: Environment = process.env): string {
  const result = signingSecret.safeParse(env[variable]?.trim() || undefined);
  if (!result.success) throw faultsIn(variable, result.error);
  return result.data;
}

/** The places to look for the Temporal binaries. */
export function temporalBinarySettings(env: Environment = process.env) {
  return {
    TEMPORAL_CLI_PATH: env['TEMPORAL_CLI_PATH'] || undefined,
    TEMPORAL_TEST_SERVER_PATH: env['TEMPORAL_TEST_SERVER_PATH'] || undefined,
    searchPath: env['PATH'] ?? '',
  };
}

function tokensOf(values: z.infer<z.ZodObject<typeof tokenVariables>>): ApiConfig['tokens'] {
  return { issuer: values.OIDC_ISSUER, audience: values.OIDC_AUDIENCE };
}
