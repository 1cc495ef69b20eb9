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

/** The login of the teller. Both services accept the same token. */
export interface Login {
  readonly tokens: { readonly issuer: string; readonly audience: string };
  speakTo(address: string): Speaker;
}

/** Starts a real issuer for the staff, and logs in the teller. */
export async function openLogin({ staff }: StaffFile, closing: Closing): Promise<Login> {
  const [port = 0] = await freePorts(1, benchPorts);
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-issuer-'));
  closing.later(() => rm(dataDir, { recursive: true, force: true }));
  const issuer = await startIssuer({ port, dataDir, staff, sites: [] });
  closing.later(() => issuer.stop());
  const secrets = readIssuerSecrets(dataDir);
  if (secrets === undefined) throw new Error('the issuer kept no secrets');
  const token = await requestToken(port, secrets, tellerId);
  return { tokens: { issuer: issuer.issuer, audience: issuer.audience }, speakTo: (address) => speakerAt(address, token) };
}
