import { type LogLevel, type LogMetadata, type Logger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { redactError } from '../errors/redactError';
import { log } from './log';

/** What the SDK may say about an event. */
const told = ['sdkComponent', 'taskQueue', 'workflowType', 'activityType', 'workflowId', 'attempt', 'state'] as const;

/**
 * Makes the SDK log through us, warnings and errors only, and leaves signals to our own handlers. Once a process, before any
 * worker. The answer ends it: where no worker ever came to be, nothing else does, and the process would stay.
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

/** Meant so: one worker has only the workflows, the other only the activities; and the skipping server knows no heartbeat details, which nothing there uses. */
const harmless = /^No (activities|workflows) registered|heartbeat details are preserved/;

function write(level: 'warn' | 'error', message: string, meta: LogMetadata = {}): void {
  if (harmless.test(message)) return;
  const known = told.flatMap((name) => (meta[name] === undefined ? [] : [[name, String(meta[name])] as const]));
  const error: unknown = meta['error'];
  log[level]({ ...Object.fromEntries(known), ...(error instanceof Error ? { error: redactError(error) } : {}) }, message);
}
