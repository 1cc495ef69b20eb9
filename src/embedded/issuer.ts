import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Adapter, Configuration, JWKS } from 'oidc-provider';
import { keepDoor } from './door';
import { loadOrCreateIssuerSecrets } from './issuerSecrets';
import { quietly } from './quietly';

/** The audience of our tokens while the embedded issuer issues them. */
export const embeddedAudience = 'urn:reflection-period-service';
const hour = 3600;

/** A member of the demo staff, with the data that a token carries. */
export interface TokenHolder {
  readonly id: string;
  readonly roles: readonly string[];
  readonly office?: string | undefined;
  readonly partner?: string | undefined;
}

export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  stop(): Promise<void>;
}

/**
 * The address of the embedded issuer. It is also the issuer's name in the tokens, and clients compare the two letter by letter. It is a
 * number: `localhost` can resolve to ::1 first, where nobody listens.
 */
export function issuerAddress(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/**
 * A real OpenID Connect issuer on loopback that knows the demo staff. Each staff member is a client. With the secret from the data
 * directory (`npm run token`) a client gets a token whose subject is the staff id.
 */
export async function startIssuer(settings: { port: number; dataDir: string; staff: readonly TokenHolder[] }): Promise<Issuer> {
  const issuer = issuerAddress(settings.port);
  const secrets = loadOrCreateIssuerSecrets(settings.dataDir);
  // On Node 20 the package recommends a newer version while it is imported. A reader of our output cannot use that advice.
  const { Provider } = await quietly(() => import('oidc-provider'));
  const provider = new Provider(issuer, configurationFor(settings.staff, secrets));
  const handle = provider.callback();
  const server = createServer((request, response) => void handle(request, response));
  keepDoor(server);
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening');
  return { issuer, audience: embeddedAudience, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
}

function configurationFor(staff: readonly TokenHolder[], secrets: ReturnType<typeof loadOrCreateIssuerSecrets>): Configuration {
  const holders = new Map(staff.map((holder) => [holder.id, holder]));
  return {
    adapter: emptyStore,
    clients: staff.map(({ id }) => clientFor(id, secrets.clientSecret)),
    jwks: { keys: [secrets.signingKey] as unknown as JWKS['keys'] },
    cookies: { keys: [secrets.clientSecret] },
    ttl: { ClientCredentials: hour },
    extraTokenClaims: (_, token) => claimsOf(holders.get(token.clientId ?? '')),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => embeddedAudience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: embeddedAudience,
          accessTokenTTL: hour,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
}

function clientFor(id: string, secret: string) {
  return {
    client_id: id,
    client_secret: secret,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_basic' as const,
  };
}

function claimsOf(holder: TokenHolder | undefined): Record<string, unknown> {
  if (holder === undefined) return {};
  return {
    roles: holder.roles,
    ...(holder.office === undefined ? {} : { office: holder.office }),
    ...(holder.partner === undefined ? {} : { partner: holder.partner }),
  };
}

/** A store that keeps nothing: our tokens carry all their data, so nothing has to be found again. */
function emptyStore(): Adapter {
  const nothing = async () => undefined;
  return {
    upsert: nothing,
    find: nothing,
    findByUserCode: nothing,
    findByUid: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  };
}
