import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import type { ConnectionLike } from '@temporalio/client';
import { version as sdkVersion } from '@temporalio/worker/package.json';

/** The machine on which the figures were measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  /** The load of the minute before the start. On a busy machine only ratios mean something. */
  readonly load: number;
  readonly node: string;
  readonly sdk: string;
  /** Temporal's server and its database. */
  readonly server: string;
  /** The database of our service. */
  readonly database: string;
}

export async function describeMachine({ workflowService }: ConnectionLike, database: string): Promise<Machine> {
  const { serverVersion, persistenceStore } = await workflowService.getClusterInfo({});
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 1e9),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    node: process.version,
    sdk: sdkVersion,
    server: `Temporal ${serverVersion} on ${persistenceStore}`,
    database,
  };
}
