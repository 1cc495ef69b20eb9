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
import { freePorts } from './freePorts';

/** Temporal, and what was started on it. */
export interface Server {
  readonly address: string;
  /** With the engine's own data converter. */
  readonly client: Client;
  /** Remembers a workflow that was started; answers with its id. */
  readonly started: (workflowId: string) => string;
}

/** A development server of our own on a database file, thrown away afterwards; or the one that is there, left as it was found. */
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
  const ports = await freePorts('server', 'ui');
  const directory = await mkdtemp(join(tmpdir(), 'bench-temporal-'));
  closing.later(() => rm(directory, { recursive: true, force: true }));
  const databaseFile = join(directory, 'temporal.db');
  const server = await startTemporal({ executable: await findTemporalCli(), port: ports.server, uiPort: ports.ui, databaseFile });
  closing.later(() => server.stop());
  return server.address;
}

/** Makes a namespace fit for cases. Our worker takes every task of its queues, and could read nobody else's cases. */
async function prepare({ connection, workflow, options: { namespace } }: Client): Promise<void> {
  const { count } = await workflow.count("ExecutionStatus = 'Running'");
  if (count > 0) throw new BadOption(`${count} workflows run in the namespace ${namespace}: a benchmark needs one of its own`);
  await registerSearchAttributes(connection, namespace);
  // Some seconds pass before every part of a server knows a new attribute.
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
