import './utc';
import { hostname } from 'node:os';
import { apiConfig } from '../settings/environment';
import { reportFailure } from './reportFailure';
import { runFrontEnd } from './runFrontEnd';
import { serveApi } from './serveApi';

/** `npm run start:api`: the API alone. */
async function api(): Promise<void> {
  await runFrontEnd('api', apiConfig(), (opened) => serveApi({ ...opened, identity: `api@${hostname()}` }));
}

api().catch(reportFailure);
