import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { StoreAway } from '../../src/store/storeAway';
import { openStore, type Store } from '../../src/store/store';
import { onEveryEngine } from '../support/databases';

describe('the store, while the database is away', () => {
  it('says so at every call, whichever table is asked', async () => {
    const store = openStore({ socket: '/no/such/directory' });
    const { caseKeys, sealed, sessions } = store;
    const calls = [store.answers(), store.standing(), caseKeys.count(), caseKeys.ofReferences([]), sealed.get('key'), sessions.sweep()];
    for (const call of await Promise.allSettled(calls)) expect(call).toEqual({ status: 'rejected', reason: expect.any(StoreAway) });
    await store.close();
  });

  it('says so if the connection breaks under a call, and the process lives on', async () => {
    const { store, asked } = await aStoreWhoseServer((connection) => connection.destroy());
    await expect(store.answers()).rejects.toThrow(StoreAway);
    await expect(store.caseKeys.count()).rejects.toThrow(StoreAway);
    expect(asked()).toBe(2);
  });

  it('does not wait for ever for an answer, nor behind a call that got none', async () => {
    const { store, asked } = await aStoreWhoseServer(() => undefined);
    await expect(store.answers()).rejects.toThrow(StoreAway);
    await expect(store.answers()).rejects.toThrow(StoreAway);
    expect(asked()).toBe(2);
  });
});

describe('the store', () => {
  onEveryEngine((open) => {
    it('goes on by itself when the database has ended its connections, as at a restart', async () => {
      const { place, asOwner } = await open();
      const store = openStore(place);
      await store.answers();
      await asOwner(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await store.answers().catch(() => undefined);
      await expect(store.answers()).resolves.toBeUndefined();
      await store.close();
    });

    it('gives the error itself if a statement is wrong, since no repetition would mend it', async () => {
      const store = openStore((await open()).place);
      const short = { keyId: Buffer.alloc(3), reference: 'BT-1', office: 'a', wrapped: Buffer.alloc(1), masterKey: 'm' };
      await expect(store.caseKeys.add(short)).rejects.toMatchObject({ code: '23514' });
      await store.close();
    });
  });
});

let opened: { readonly server: Server; readonly store: Store }[] = [];
afterEach(async () => {
  for (const { server, store } of opened) {
    await store.close();
    server.close();
  }
  opened = [];
});

/** A server that lets everybody in. `onQuery` is called with the connection of each query, and nobody answers. */
async function aStoreWhoseServer(onQuery: (connection: Socket) => void): Promise<{ store: Store; asked: () => number }> {
  let asked = 0;
  const server = createServer((connection) => {
    connection.on('error', () => undefined);
    connection.once('data', () => {
      connection.write(letIn);
      connection.once('data', () => {
        asked += 1;
        onQuery(connection);
      });
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const store = openStore({ url: `postgres://u@127.0.0.1:${(server.address() as AddressInfo).port}/d?sslmode=disable` });
  opened.push({ server, store });
  return { store, asked: () => asked };
}

/** AuthenticationOk and ReadyForQuery, as PostgreSQL's protocol writes them. */
const letIn = Buffer.concat([Buffer.from('R\0\0\0\x08\0\0\0\0'), Buffer.from('Z\0\0\0\x05I')]);
