import './utc';
import { hostname } from 'node:os';
import { createActivities } from '../activities';
import { createMailer } from '../activities/mailer';
import { tellingOperations } from '../activities/tellingOperations';
import { webhookSecret, workerConfig } from '../settings/environment';
import { measuredActivities } from '../metrics/measuredActivities';
import { metersOn } from '../metrics/meters';
import { keptBuildsIn } from '../releases/keptBuilds';
import { loadPartners } from '../settings/partnersFile';
import { loadStaff } from '../settings/staffFile';
import { Closing } from './closing';
import { log } from './log';
import { openKeys } from './openKeys';
import { openReadyStore } from './openReadyStore';
import { openRegisterIn } from './openRegister';
import { reportFailure } from './reportFailure';
import { installRuntime, runtimeMeter } from './runtime';
import { stopped, stopSignal } from './stopSignal';
import { startWorkers } from './workers';

/** `npm run start:worker`: the workers alone, against real addresses. */
async function worker(): Promise<void> {
  const config = workerConfig();
  const [staff, partners] = [loadStaff(config.staffFile), loadPartners(config.partnersFile, webhookSecret)];
  const stopping = stopSignal({ withParent: false });
  const closing = new Closing();
  try {
    closing.later(installRuntime({ metrics: config.metrics }));
    const store = await openReadyStore(config.database, closing);
    const { seals } = await openKeys({ ...config, store }, config.keys);
    const mailer = tellingOperations(createMailer(config.smtp), staff.operations);
    closing.later(() => mailer.close());
    const unmeasured = createActivities({
      mailer,
      staff,
      partners,
      keys: store.caseKeys,
      register: openRegisterIn(store, seals),
      publicUrl: config.publicUrl,
      log,
    });
    const activities = measuredActivities(unmeasured, metersOn(runtimeMeter(), 'worker'));
    // The health check looks for a poller with this host name.
    const identity = `worker@${hostname()}`;
    const markEnded = (references: readonly string[]) => store.register.markEnded(references);
    const watch = { mailer, operations: staff.operations, log, markEnded };
    const builds = await keptBuildsIn(config.workflowsDir);
    const stoppingWithin = { grace: '20s', force: '30s' } as const;
    const workers = await startWorkers({ ...config, builds, seals, activities, watch, identity, stopping: stoppingWithin });
    closing.later(() => workers.stop());
    log.info('the workers ask for work');
    await Promise.race([stopped(stopping), workers.ended]);
  } finally {
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

// Everything is closed here. A worker that was stopped by force leaves its thread, which would keep the process alive for ever.
worker()
  .catch(reportFailure)
  .finally(() => process.exit());
