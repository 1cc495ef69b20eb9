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
import { stopped, stopSignal } from './untilStopped';
import { welcome } from './welcome';

/** Servers of a process that was killed need this long to see it and end. */
const orphansEndWithinMs = 12_000;

/** `npm start`: everything in one process tree, on loopback, kept in one data directory, until told to stop. */
async function start(): Promise<void> {
  const config = embeddedConfig();
  const files = { staff: loadStaff(config.staffFile), partners: loadPartners(config.partnersFile, webhookSecret) };
  const stopping = stopSignal({ withParent: config.underNpm });
  const inWords = (error: unknown) => diskFault(config.dataDir, error);
  const lock = await takeDataDir(config.dataDir).catch((error: unknown) => {
    throw inWords(error);
  });
  const closing = new Closing();
  closing.later(() => lock.release());
  stopping.addEventListener('abort', () => lock.markStopping());
  try {
    await keepFormat(config.dataDir);
    await requireFreePorts(config.ports, lock.tookOver ? orphansEndWithinMs : 0);
    closing.later(installRuntime());
    const running = await openEverything(config, files, closing, stopping);
    process.stdout.write(welcome(config));
    await Promise.race([stopped(stopping), running.ended]);
  } catch (error) {
    // Told to stop while starting: what was half open fails, and that is no fault.
    if (!stopping.aborted) throw inWords(error);
  } finally {
    lock.markStopping();
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

/** Takes the data directory for this process, if this version can go on with what is in it. */
async function takeDataDir(dataDir: string): Promise<Lock> {
  requireFormat(dataDir);
  return takeLock(dataDir);
}

// All is closed by then. A worker that had to be stopped by force leaves its thread, which would keep the process for ever.
start()
  .catch(reportFailure)
  .finally(() => process.exit());
