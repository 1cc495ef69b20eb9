import { UserFacingError } from '../errors/userFacingError';
import { embeddedAudience, issuerAddress } from './issuer';
import type { IssuerSecrets } from './issuerSecrets';

/** The embedded issuer gave no token. */
export class NoToken extends UserFacingError {
  override readonly name = 'NoToken';
}

/** Requests a bearer token for one of the demo staff from the running embedded issuer. */
export async function requestToken(port: number, secrets: IssuerSecrets, staffId: string): Promise<string> {
  const credentials = Buffer.from(`${encodeURIComponent(staffId)}:${encodeURIComponent(secrets.clientSecret)}`).toString('base64');
  const response = await fetch(`${issuerAddress(port)}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: embeddedAudience }),
    signal: AbortSignal.timeout(5_000),
  }).catch(() => {
    throw new NoToken(`the issuer does not answer on ${issuerAddress(port)}: is npm start running?`);
  });
  const answer = (await response.json().catch(() => ({}))) as { access_token?: string; error_description?: string; error?: string };
  if (answer.access_token === undefined) throw new NoToken(`the issuer gave no token: ${answer.error ?? response.status}`);
  return answer.access_token;
}
