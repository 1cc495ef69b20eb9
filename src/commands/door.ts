import './utc';
import { doorConfig } from '../settings/environment';
import { reportFailure } from './reportFailure';
import { runFrontEnd } from './runFrontEnd';
import { serveDoor } from './serveDoor';

/** `npm run start:door`: the door before the Temporal UI alone. */
async function door(): Promise<void> {
  await runFrontEnd('door', doorConfig(), serveDoor);
}

door().catch(reportFailure);
