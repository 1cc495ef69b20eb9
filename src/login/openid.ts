import * as client from 'openid-client';
import { LoginRefused } from './loginRefused';

/** Our side of the issuer: how it knows us, and where it sends people back to. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The scopes that make the issuer give an access token for our audience. */
  readonly scope: string;
  readonly redirectUri: string;
  readonly afterLogout: string;
}

/** A login under way. Whoever comes back has to have begun it here. */
export interface Begun {
  readonly prompt: Prompt;
  /** In milliseconds since 1970. */
  readonly begunAt: number;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What the issuer gave for a code. */
export interface Given {
  readonly accessToken: string;
  readonly idToken: string;
}

/**
 * A new login asks everybody who they are, also those who logged in at the issuer before: a session that ended because nobody was there must
 * not open again by itself. A second look never asks, and fails where the issuer would have to.
 */
export type Prompt = 'login' | 'none';

export interface OpenId {
  begin(prompt: Prompt): Promise<{ readonly address: string; readonly begun: Begun }>;
  /** Exchanges the code in the address to which the issuer sent somebody back. Throws `LoginRefused`. */
  finish(address: URL, begun: Begun): Promise<Given>;
  /** The address at which people log out at the issuer; undefined if the issuer has none. */
  logoutAddress(idToken: string): Promise<string | undefined>;
}

/** How long any answer of the issuer may take, in seconds. */
const issuerAnswersWithin = 5;

/** Errors that say nothing about the login: the issuer gave no answer, or one that it gives when it is ill. */
const noAnswers = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];

/** The authorization code flow with PKCE, state and nonce (OpenID Connect Core, section 3.1; RFC 7636). */
export function openIdFor(settings: OpenIdSettings): OpenId {
  const configured = configurationOf(settings);
  return {
    begin: async (prompt) => {
      const begun = {
        prompt,
        begunAt: Date.now(),
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const address = client.buildAuthorizationUrl(await configured(), {
        redirect_uri: settings.redirectUri,
        scope: settings.scope,
        code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
        state: begun.state,
        nonce: begun.nonce,
        prompt,
        ...(prompt === 'login' ? { max_age: '0' } : {}),
      });
      return { address: address.href, begun };
    },
    finish: async (address, { prompt, begunAt, state, nonce, verifier }) => {
      // The browser can take the prompt out of the address. The ID token says when the issuer last asked.
      const asked = prompt === 'login' ? { maxAge: Math.ceil((Date.now() - begunAt) / 1_000) } : {};
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true, ...asked };
      const given = await client.authorizationCodeGrant(await configured(), address, checks).catch(refuse);
      if (given.id_token === undefined) throw new LoginRefused('token-not-valid');
      return { accessToken: given.access_token, idToken: given.id_token };
    },
    logoutAddress: async (idToken) => {
      const configuration = await configured();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: settings.afterLogout }).href;
    },
  };
}

/** Asks the issuer once for its addresses; after a failure, with the next login again. */
function configurationOf({ issuer, clientId, clientSecret }: OpenIdSettings): () => Promise<client.Configuration> {
  let known: Promise<client.Configuration> | undefined;
  // Only the settings of npm start let an issuer be http: the embedded one, on this machine.
  const options = { timeout: issuerAnswersWithin, execute: issuer.startsWith('http:') ? [client.allowInsecureRequests] : [] };
  return () => {
    known ??= client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretBasic(clientSecret), options).catch(() => {
      known = undefined;
      throw noAnswer();
    });
    return known;
  };
}

function refuse(error: unknown): never {
  // The issuer would have to ask who somebody is, or somebody turned back.
  if (error instanceof client.AuthorizationResponseError) throw new LoginRefused('not-logged-in', error.error);
  if (error instanceof TypeError) throw noAnswer();
  if (error instanceof client.ClientError && noAnswers.includes(error.code ?? '')) throw noAnswer();
  throw new LoginRefused('token-not-valid', error instanceof client.ResponseBodyError ? error.error : undefined);
}

function noAnswer(): LoginRefused {
  return new LoginRefused('no-answer', 'The issuer of the tokens does not answer.');
}
