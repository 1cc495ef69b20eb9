import './utc';
import { hostname } from 'node:os';
import { derivedKeys } from '../privacy/derivedKeys';
import { apiConfig } from '../settings/environment';
import { loadStaff } from '../settings/staffFile';
import { caseNames } from '../workflows/messages';
import { log } from './log';
import { reportFailure } from './reportFailure';
import { requireKey } from './requireKey';
import { serveApi } from './serveApi';
import { stopped, stopSignal } from './stopSignal';

/** `npm run start:api`: the API alone, against real addresses. */
async function api(): Promise<void> {
  const config = apiConfig();
  const stopping = stopSignal({ withParent: false });
  const staff = loadStaff(config.staffFile);
  const { namespace } = config.temporal;
  const seals = { systemKey: config.key, keys: derivedKeys(config.key), namespace, cases: caseNames };
  await requireKey({ ...config, seals, keptIn: 'SYSTEM_KEY' });
  const server = await serveApi({ ...config, seals, staff, identity: `api@${hostname()}` });
  log.info({ port: config.port }, 'the api listens');
  await stopped(stopping);
  await server.stop();
}

api().catch(reportFailure);
