import type { MetricMeter } from '@temporalio/common';
import { type LogLevel, type LogMetadata, type Logger, makeTelemetryFilterString, Runtime, type RuntimeOptions } from '@temporalio/worker';
import { redactError } from '../errors/redactError';
import { redactMessage } from '../errors/redactMessage';
import { UserFacingError } from '../errors/userFacingError';
import { bucketsByName } from '../metrics/meters';
import type { MetricsPlace } from '../settings/metricsVariables';
import { log } from './log';

interface Wanted {
  readonly namesCases?: boolean;
  readonly metrics?: MetricsPlace | undefined;
}

/** Another program listens there, or the address is not one of this machine. */
class MetricsNotServed extends UserFacingError {
  override readonly name = 'MetricsNotServed';
}

/** The fields of an SDK log entry that may enter our log. */
const loggedFields = ['sdkComponent', 'taskQueue', 'workflowType', 'activityType', 'attempt', 'state'] as const;
/** It holds the reference of the case. */
const caseField = 'workflowId';

/**
 * Makes the SDK use our log, for warnings and errors only, and leaves signals to our own handlers. Call it once a process, before any
 * worker.
 * `namesCases`: whether an entry names the case that it is about. `metrics`: where the metrics are served; left out, nowhere.
 * The returned function shuts the runtime down. Without a worker nothing else does, and the process would never end.
 */
export function installRuntime({ namesCases = true, metrics }: Wanted = {}): () => Promise<void> {
  const runtime = installed(metrics, {
    logger: redacting(namesCases ? [...loggedFields, caseField] : loggedFields),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
      ...(metrics === undefined ? {} : { metrics: servedAt(metrics) }),
    },
  });
  return () => runtime.shutdown();
}

/** The meter whose metrics the runtime serves. Nobody serves them if it was installed without a place. */
export function runtimeMeter(): MetricMeter {
  return Runtime.instance().metricMeter;
}

function installed(metrics: MetricsPlace | undefined, options: RuntimeOptions): Runtime {
  try {
    return Runtime.install(options);
  } catch (error) {
    if (metrics === undefined) throw error;
    throw new MetricsNotServed(`METRICS_PORT: the metrics cannot be served at ${addressOf(metrics)}: ${(error as Error).message}`);
  }
}

function servedAt(metrics: MetricsPlace) {
  return {
    prometheus: {
      bindAddress: addressOf(metrics),
      useSecondsForDurations: true,
      unitSuffix: true,
      histogramBucketOverrides: bucketsByName,
    },
    attachServiceName: false,
  };
}

function addressOf({ host, port }: MetricsPlace): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function redacting(fields: readonly string[]): Logger {
  return {
    log: (level: LogLevel, message: string, meta?: LogMetadata) => {
      if (level === 'WARN') write('warn', fields, message, meta);
      if (level === 'ERROR') write('error', fields, message, meta);
    },
    trace: () => undefined,
    debug: () => undefined,
    info: () => undefined,
    warn: (message: string, meta?: LogMetadata) => write('warn', fields, message, meta),
    error: (message: string, meta?: LogMetadata) => write('error', fields, message, meta),
  };
}

/**
 * These warnings describe intended settings. One worker has only the workflows, the other only the activities. The skipping server has no
 * heartbeat details, which no code there uses. A write into the register that takes longer than its 300 ms ends later, for nobody.
 */
const harmless = /^No (activities|workflows) registered|heartbeat details are preserved|^Tried to complete untracked local activity/;

function write(level: 'warn' | 'error', names: readonly string[], message: string, meta: LogMetadata = {}): void {
  if (harmless.test(message)) return;
  const fields = names.flatMap((name) => (meta[name] === undefined ? [] : [[name, String(meta[name])] as const]));
  const error: unknown = meta['error'];
  log[level]({ ...Object.fromEntries(fields), ...(error instanceof Error ? { error: redactError(error) } : {}) }, redactMessage(message));
}
