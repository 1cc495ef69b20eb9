import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closing } from '../../src/commands/closing';
import { startIssuer } from '../../src/embedded/issuer';
import { readIssuerSecrets } from '../../src/embedded/issuerSecrets';
import { requestToken } from '../../src/embedded/tokenRequest';
import type { StaffFile } from '../../src/settings/staffFile';
import { freePorts } from '../../src/embedded/ports';
import { benchPorts } from '../processes/ports';
import { speakerAt, type Speaker } from './http';

/** The caller of every request in the benchmark. */
export const tellerId = 'caseworker-1';

/** The logins of the staff. Every service accepts the same tokens. */
export interface Login {
  readonly tokens: { readonly issuer: string; readonly audience: string };
  /** Somebody of the staff who is logged in; left out, the teller. */
  speakTo(address: string, staffId?: string): Promise<Speaker>;
}

/** Starts a real issuer for the staff. */
export async function openLogin({ staff }: Pick<StaffFile, 'staff'>, closing: Closing): Promise<Login> {
  const [port = 0] = await freePorts(1, benchPorts);
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-issuer-'));
  closing.later(() => rm(dataDir, { recursive: true, force: true }));
  const issuer = await startIssuer({ port, dataDir, staff, sites: [] });
  closing.later(() => issuer.stop());
  const secrets = readIssuerSecrets(dataDir);
  if (secrets === undefined) throw new Error('the issuer kept no secrets');
  return {
    tokens: { issuer: issuer.issuer, audience: issuer.audience },
    speakTo: async (address, staffId = tellerId) => speakerAt(address, await requestToken(port, secrets, staffId)),
  };
}
