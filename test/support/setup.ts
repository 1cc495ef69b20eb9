import { DefaultLogger, Runtime, makeTelemetryFilterString } from '@temporalio/worker';

// Once in each test file, before its first worker. Only what went wrong is worth reading in a test's output,
// and a test that is stopped is stopped by jest: the runtime must not wait for its workers first.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  shutdownSignals: [],
});
