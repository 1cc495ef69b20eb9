import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AccountClaims, ClientMetadata, Configuration, JWKS, KoaContextWithOIDC } from 'oidc-provider';
import { pageHeaders, sentencePage } from '../login/page';
import { answerInteraction, interactionPath } from './interaction';
import { loadOrCreateIssuerSecrets, type IssuerSecrets } from './issuerSecrets';
import { logoutPage } from './issuerPages';
import { ownPagesOnly } from './ownPagesOnly';
import { quietly } from './quietly';
import type { TokenHolder } from './tokenHolder';

/** The audience of our tokens while the embedded issuer issues them. */
export const embeddedAudience = 'urn:reflection-period-service';
const hour = 3600;

/** A site that people log in to with their browser. */
export interface Site {
  readonly clientId: string;
  /** The address to which the issuer sends people back with a code. */
  readonly redirectUri: string;
  /** The address to which the issuer sends people after they logged out. */
  readonly afterLogout: string;
}

export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  /** The secret of every site. */
  readonly clientSecret: string;
  stop(): Promise<void>;
}

interface IssuerSettings {
  readonly port: number;
  readonly dataDir: string;
  readonly staff: readonly TokenHolder[];
  readonly sites: readonly Site[];
}

/**
 * The address of the embedded issuer. It is also the issuer's name in the tokens, and clients compare the two letter by letter. It is a
 * number: `localhost` can resolve to ::1 first, where nobody listens.
 */
export function issuerAddress(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/**
 * A real OpenID Connect issuer on loopback that knows the demo staff. Each staff member is a client: with the secret from the data directory
 * (`npm run token`) it gets a token whose subject is the staff id. In a browser everybody may choose one of the staff.
 */
export async function startIssuer(settings: IssuerSettings): Promise<Issuer> {
  const issuer = issuerAddress(settings.port);
  const secrets = loadOrCreateIssuerSecrets(settings.dataDir);
  // The package prints advice while it is imported, on newer versions of Node, and while it is set up, on its store in memory. A reader of
  // our output cannot use it: nobody needs a login to outlive this process.
  const provider = await quietly(async () => {
    const { Provider } = await import('oidc-provider');
    return new Provider(issuer, configurationFor(settings, secrets));
  });
  const handle = provider.callback();
  const pages = { provider, staff: settings.staff, sites: originsOf(settings) };
  const server = createServer((request, response) => {
    const isInteraction = request.url?.startsWith(interactionPath) === true;
    // A browser may leave in the middle of its form. A rejection that nobody handles would end the whole of npm start.
    (isInteraction ? answerInteraction(request, response, pages) : handle(request, response)).catch(() => response.destroy());
  });
  ownPagesOnly(server);
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening');
  return { issuer, audience: embeddedAudience, clientSecret: secrets.clientSecret, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
}

function configurationFor(settings: IssuerSettings, secrets: IssuerSecrets): Configuration {
  const { staff, sites } = settings;
  const holders = new Map(staff.map((holder) => [holder.id, holder]));
  const show = (ctx: KoaContextWithOIDC, body: string) => {
    ctx.set(pageHeaders(originsOf(settings)));
    ctx.body = body;
  };
  return {
    clients: [
      ...staff.map(({ id }) => programOf(id, secrets.clientSecret)),
      ...sites.map((site) => browserClientOf(site, secrets.clientSecret)),
    ],
    jwks: { keys: [secrets.signingKey] as unknown as JWKS['keys'] },
    cookies: { keys: [secrets.clientSecret] },
    ttl: { AccessToken: hour, ClientCredentials: hour, Grant: 12 * hour, IdToken: hour, Interaction: hour, Session: 12 * hour },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `${interactionPath}${uid}` },
    findAccount: (_, id) => (holders.has(id) ? { accountId: id, claims: (): AccountClaims => ({ sub: id }) } : undefined),
    loadExistingGrant: grantWithoutQuestion,
    renderError: (ctx, { error }) => show(ctx, sentencePage('Not possible', `The login is not possible: ${error}.`)),
    extraTokenClaims: (_, token) => claimsOf(holders.get(('accountId' in token ? token.accountId : token.clientId) ?? '')),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => show(ctx, logoutPage(form)),
        postLogoutSuccessSource: (ctx) => show(ctx, sentencePage('Logged out', 'You are logged out.')),
      },
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

/** Our own sites need no consent of the invented staff. */
async function grantWithoutQuestion({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({ accountId: oidc.session?.accountId, clientId: oidc.client?.clientId });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}

function originsOf({ sites }: Pick<IssuerSettings, 'sites'>): string[] {
  return sites.map(({ redirectUri }) => new URL(redirectUri).origin);
}

function programOf(id: string, secret: string): ClientMetadata {
  return { client_id: id, client_secret: secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };
}

function browserClientOf({ clientId, redirectUri, afterLogout }: Site, secret: string): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: secret,
    grant_types: ['authorization_code'],
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [afterLogout],
    response_types: ['code'],
    application_type: 'web',
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
