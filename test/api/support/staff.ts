import { join } from 'node:path';
import { loadStaff } from '../../../src/settings/staffFile';

/** The staff that `npm start` comes with. */
export const demoStaff = loadStaff(join(__dirname, '..', '..', '..', 'src', 'embedded', 'demo', 'staff.json'));
