import type { Server } from 'node:http';
import { createDoor, type DoorParts } from '../door/door';
import { identityFor } from '../login/identity';
import { refusedCalls } from '../login/refusedCalls';
import { CaseCodec, systemKeyId } from '../privacy/codec';
import { keyedHashOf } from '../privacy/keyedHash';
import type { StaffFile } from '../settings/staffFile';
import type { Store } from '../store/store';
import { listen } from './listen';
import { log } from './log';
import { isAllWritten, openTrail } from './openAudit';
import type { OpenedKeys } from './openKeys';
import { sessionSecrets } from './sessionSeal';
import { uiColumns, uiLists } from './uiLists';

/** Sessions that have ended are removed this often; ours. Until then they count for nothing, and nobody can read them. */
const sweptEveryMs = 600_000;

export interface DoorSettings {
  readonly keys: OpenedKeys;
  readonly store: Pick<Store, 'audit' | 'caseKeys' | 'sessions'>;
  readonly staff: StaffFile;
  readonly tokens: { readonly issuer: string; readonly audience: string };
  readonly client: Omit<DoorParts['client'], 'issuer'>;
  /** The Temporal UI behind the door. */
  readonly ui: URL;
  readonly publicUrl: string;
  /** Addresses and subnets. Only their word about the address of a caller counts. */
  readonly trustedProxies: readonly string[];
  readonly port: number;
  /** Without it the door listens on every address, as in a container behind a proxy. */
  readonly host?: string;
  /** Checks every request before the door does. */
  readonly guard?: (server: Server) => void;
}

/** Serves the door before the Temporal UI. The returned `stop` ends it. */
export async function serveDoor(settings: DoorSettings): Promise<{ stop(): Promise<void> }> {
  const { keys, store, staff, tokens, client, ui, publicUrl, trustedProxies } = settings;
  const { systemKey } = keys.seals;
  const audit = openTrail(store, keyedHashOf(systemKey));
  const refused = refusedCalls(audit);
  const door = createDoor({
    ...{ publicUrl, ui, trustedProxies, log, sessions: store.sessions, rows: store.caseKeys },
    ...sessionSecrets(systemKey, 'door'),
    namespace: keys.seals.namespace,
    lists: uiLists,
    columns: uiColumns,
    client: { ...client, issuer: tokens.issuer },
    identity: identityFor(tokens, staff),
    codec: new CaseCodec(keys.seals, 'asking'),
    systemKeyId: systemKeyId(systemKey),
    audit,
    refused,
  });
  const server = await listen(door, settings);
  // A database that is away now is asked again the next time.
  const sweeping = setInterval(() => void store.sessions.sweep().catch(() => undefined), sweptEveryMs);
  return {
    stop: async () => {
      clearInterval(sweeping);
      await server.stop(() => undefined);
      await refused.stop();
      await isAllWritten(audit);
    },
  };
}
