import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Closing } from '../../src/commands/closing';
import { registerSearchAttributes } from '../../src/embedded/searchAttributes';
import { startTemporal } from '../../src/embedded/temporal';
import { findTemporalCli } from '../../src/embedded/temporalBinaries';
import { atOnce, eachOf, until } from '../measuring';
import { BadOption, type Options } from '../options';
import { freePorts } from '../../src/embedded/ports';
import { benchPorts } from './ports';

/** Temporal, and the workflows that were started on it. */
export interface Server {
  readonly address: string;
  /** A client with the engine's own data converter, without encryption. */
  readonly client: Client;
  /** Records a started workflow, and returns its id. */
  readonly started: (workflowId: string) => string;
}

/** A new development server with a database file that is deleted afterwards; or an existing server, left as it was found. */
export async function openServer({ server, namespace }: Options, closing: Closing): Promise<Server> {
  const address = server ?? (await ownServer(closing));
  const connection = await Connection.connect({ address });
  closing.later(() => connection.close());
  const client = new Client({ connection, namespace: server === undefined ? 'default' : namespace });
  const ids = new Set<string>();
  if (server !== undefined) {
    await prepare(client);
    closing.later(() => endAll(client, [...ids]));
  }
  return {
    address,
    client,
    started(workflowId) {
      ids.add(workflowId);
      return workflowId;
    },
  };
}

async function ownServer(closing: Closing): Promise<string> {
  const [port = 0] = await freePorts(1, benchPorts);
  const directory = await mkdtemp(join(tmpdir(), 'bench-temporal-'));
  closing.later(() => rm(directory, { recursive: true, force: true }));
  const databaseFile = join(directory, 'temporal.db');
  const server = await startTemporal({ executable: await findTemporalCli(), port, databaseFile });
  closing.later(() => server.stop());
  return server.address;
}

/** Prepares a namespace for cases. Our worker takes every task of its queues, and could not decrypt other people's cases. */
async function prepare({ connection, workflow, options: { namespace } }: Client): Promise<void> {
  const { count } = await workflow.count("ExecutionStatus = 'Running'");
  if (count > 0) throw new BadOption(`${count} workflows run in the namespace ${namespace}: a benchmark needs one of its own`);
  await registerSearchAttributes(connection, namespace);
  // It takes some seconds until every part of a server knows a new attribute.
  await until('the search attributes are known', 60_000, () => workflow.count("Stage = 'intake'").catch(() => undefined));
}

async function endAll({ workflow }: Client, ids: readonly string[]): Promise<void> {
  await eachOf(ids, atOnce, (id) =>
    workflow
      .getHandle(id)
      .terminate()
      .catch(() => undefined),
  );
}
