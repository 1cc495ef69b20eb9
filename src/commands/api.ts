import './utc';
import { hostname } from 'node:os';
import { apiConfig } from '../settings/environment';
import { Closing } from './closing';
import { openMeters } from './openMeters';
import { reportFailure } from './reportFailure';
import { runFrontEnd } from './runFrontEnd';
import { serveApi } from './serveApi';

/** `npm run start:api`: the API alone. */
async function api(): Promise<void> {
  const config = apiConfig();
  const closing = new Closing();
  try {
    const meters = await openMeters(config.metrics, closing);
    await runFrontEnd('api', config, (opened) => serveApi({ ...opened, meters, identity: `api@${hostname()}` }));
  } finally {
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

api().catch(reportFailure);
