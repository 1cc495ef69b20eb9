import { type LogLevel, type LogMetadata, type Logger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { redactError } from '../errors/redactError';
import { redactMessage } from '../errors/redactMessage';
import { log } from './log';

/** The fields of an SDK log entry that may enter our log. */
const loggedFields = ['sdkComponent', 'taskQueue', 'workflowType', 'activityType', 'workflowId', 'attempt', 'state'] as const;

/**
 * Makes the SDK use our log, for warnings and errors only, and leaves signals to our own handlers. Call it once a process, before any
 * worker.
 * The returned function shuts the runtime down. Without a worker nothing else does, and the process would never end.
 */
export function installRuntime(): () => Promise<void> {
  const runtime = Runtime.install({
    logger: redacting,
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
  });
  return () => runtime.shutdown();
}

const redacting: Logger = {
  log: (level: LogLevel, message: string, meta?: LogMetadata) => {
    if (level === 'WARN') write('warn', message, meta);
    if (level === 'ERROR') write('error', message, meta);
  },
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: (message: string, meta?: LogMetadata) => write('warn', message, meta),
  error: (message: string, meta?: LogMetadata) => write('error', message, meta),
};

/**
 * Both warnings describe intended settings. One worker has only the workflows, the other only the activities. The skipping server has no
 * heartbeat details, which no code there uses.
 */
const harmless = /^No (activities|workflows) registered|heartbeat details are preserved/;

function write(level: 'warn' | 'error', message: string, meta: LogMetadata = {}): void {
  if (harmless.test(message)) return;
  const fields = loggedFields.flatMap((name) => (meta[name] === undefined ? [] : [[name, String(meta[name])] as const]));
  const error: unknown = meta['error'];
  log[level]({ ...Object.fromEntries(fields), ...(error instanceof Error ? { error: redactError(error) } : {}) }, redactMessage(message));
}
