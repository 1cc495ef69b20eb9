import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { registerSearchAttributes } from '../../../src/embedded/searchAttributes';
import { startTemporal } from '../../../src/embedded/temporal';
import { findTemporalCli } from '../../../src/embedded/temporalBinaries';
import { freePorts } from '../../support/freePorts';
import { until } from '../../support/until';

/** A real Temporal server for one test file. Only the real server knows builds: the one whose clock skips does not. */
export interface Engine {
  readonly address: string;
  readonly connection: Connection;
  /** A namespace of its own: in one namespace, one build is current for all cases. */
  namespace(name: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startEngine(): Promise<Engine> {
  const directory = await mkdtemp(join(tmpdir(), 'release-'));
  const [port = 0] = await freePorts(1);
  const temporal = await startTemporal({ executable: await findTemporalCli(), port, databaseFile: join(directory, 'temporal.db') });
  const connection = await Connection.connect({ address: temporal.address });
  return {
    address: temporal.address,
    connection,
    async namespace(name) {
      if (name === temporal.namespace) return;
      const workflowExecutionRetentionPeriod = msToTs('1 day');
      await connection.workflowService.registerNamespace({ namespace: name, workflowExecutionRetentionPeriod });
      // The parts of the server hear of a new namespace one after the other.
      await until(`the namespace ${name} is known`, () =>
        registerSearchAttributes(connection, name).then(
          () => true,
          () => false,
        ),
      );
    },
    async stop() {
      await connection.close();
      await temporal.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
