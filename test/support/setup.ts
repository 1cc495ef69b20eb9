import { DefaultLogger, Runtime, makeTelemetryFilterString } from '@temporalio/worker';

// This runs once in each test file, before its first worker. The output of a test shows only warnings and errors. jest ends a test that is
// stopped, so the runtime must not wait for its workers.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  shutdownSignals: [],
});
