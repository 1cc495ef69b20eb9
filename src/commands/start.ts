import './utc';
import { embeddedConfig, webhookSecret } from '../settings/environment';
import { diskFault } from '../embedded/diskFault';
import { takeLock, type Lock } from '../embedded/lock';
import { requireFreePorts } from '../embedded/ports';
import { loadPartners } from '../settings/partnersFile';
import { loadStaff } from '../settings/staffFile';
import { Closing } from './closing';
import { keepFormat, requireFormat } from './dataFormat';
import { openEverything } from './openEverything';
import { reportFailure } from './reportFailure';
import { installRuntime } from './runtime';
import { stopped, stopSignal } from './stopSignal';
import { welcome } from './welcome';

/** The servers of a killed process need this long to notice it and to end. */
const orphansEndWithinMs = 12_000;

/** `npm start`: the whole service in one process tree, on loopback, with one data directory, until it is told to stop. */
async function start(): Promise<void> {
  const config = embeddedConfig();
  const files = { staff: loadStaff(config.staffFile), partners: loadPartners(config.partnersFile, webhookSecret) };
  const stopping = stopSignal({ withParent: config.underNpm });
  const explained = (error: unknown) => diskFault(config.dataDir, error);
  const lock = await takeDataDir(config.dataDir).catch((error: unknown) => {
    throw explained(error);
  });
  const closing = new Closing();
  closing.later(() => lock.release());
  stopping.addEventListener('abort', () => lock.markStopping());
  try {
    await keepFormat(config.dataDir);
    const { ports, metrics } = config;
    await requireFreePorts(
      metrics === undefined ? ports : { ...ports, METRICS_PORT: metrics.port },
      lock.tookOver ? orphansEndWithinMs : 0,
    );
    closing.later(installRuntime({ metrics }));
    const running = await openEverything(config, files, closing, stopping);
    process.stdout.write(welcome(config));
    await Promise.race([stopped(stopping), running.ended]);
  } catch (error) {
    // If the stop came during the start, half-open parts fail, and that is no fault.
    if (!stopping.aborted) throw explained(error);
  } finally {
    lock.markStopping();
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

/** Takes the data directory for this process, if this version can work with its format. */
async function takeDataDir(dataDir: string): Promise<Lock> {
  requireFormat(dataDir);
  return takeLock(dataDir);
}

// Everything is closed here. A worker that was stopped by force leaves its thread, which would keep the process alive for ever.
start()
  .catch(reportFailure)
  .finally(() => process.exit());
