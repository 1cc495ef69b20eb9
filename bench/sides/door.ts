import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiSettings } from '../../src/commands/serveApi';
import { startIssuer } from '../../src/embedded/issuer';
import { readIssuerSecrets } from '../../src/embedded/issuerSecrets';
import { requestToken } from '../../src/embedded/tokenRequest';
import type { CaseKey } from '../../src/privacy/key';
import { startChild } from '../processes/child';
import { freePorts } from '../processes/freePorts';
import { speakerAt, type Speaker } from './http';
import type { Setting } from './setting';

/** The API in a process of its own, behind a real issuer, and one of the staff who is logged in at it. */
export async function openDoor(setting: Setting, key: CaseKey, staffId: string): Promise<Speaker> {
  const { client, address, staff, closing, profile } = setting;
  const ports = await freePorts('api', 'issuer');
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-issuer-'));
  closing.later(() => rm(dataDir, { recursive: true, force: true }));
  const issuer = await startIssuer({ port: ports.issuer, dataDir, staff: staff.staff });
  closing.later(() => issuer.stop());
  const settings = {
    temporal: { address, namespace: client.options.namespace },
    tokens: { issuer: issuer.issuer, audience: issuer.audience },
    identity: 'api@bench',
    policyEdition: undefined,
    publicUrl: 'https://cases.example.org',
    port: ports.api,
    host: '127.0.0.1',
    staff,
  } satisfies Omit<ApiSettings, 'key'>;
  const args = [JSON.stringify({ ...settings, key: key.toString('base64') })];
  await startChild({ script: 'bench/processes/api.js', args, readyWith: 'the api listens', profile }, closing);
  const secrets = readIssuerSecrets(dataDir);
  if (secrets === undefined) throw new Error('the issuer kept no secrets');
  return speakerAt(`http://127.0.0.1:${ports.api}`, await requestToken(ports.issuer, secrets, staffId));
}
