import { join } from 'node:path';
import { loadStaff } from '../../../src/settings/staffFile';

/** The demo staff of `npm start`. */
export const demoStaff = loadStaff(join(__dirname, '..', '..', '..', 'src', 'embedded', 'demo', 'staff.json'));
