import './utc';
import { embeddedConfig } from '../settings/environment';
import { ConfigError } from '../settings/configError';
import { readIssuerSecrets } from '../embedded/issuerSecrets';
import { requestToken } from '../embedded/tokenRequest';
import { loadStaff } from '../settings/staffFile';
import { reportFailure } from './reportFailure';

/** `npm run --silent token -- <staffId>`: prints a bearer token of the running embedded issuer, and nothing else. */
async function token(staffId: string | undefined): Promise<void> {
  const config = embeddedConfig();
  const ids = loadStaff(config.staffFile).staff.map(({ id }) => id);
  if (staffId === undefined) throw new ConfigError(`a staff id is missing: npm run --silent token -- ${ids[0] ?? '<staffId>'}`);
  if (!ids.includes(staffId)) throw new ConfigError(`there is no staff member ${staffId}; there are ${ids.join(', ')}`);
  const secrets = readIssuerSecrets(config.dataDir);
  if (secrets === undefined) throw new ConfigError(`npm start never ran on ${config.dataDir}, so it has no tokens yet`);
  process.stdout.write(`${await requestToken(config.ports.ISSUER_PORT, secrets, staffId)}\n`);
}

token(process.argv[2]).catch(reportFailure);
