import { Router, type Request, type Response } from 'express';
import type { Caller } from '../domain/basics/roles';
import type { Identity } from './identity';
import { LoginRefused, type LoginRefusal } from './loginRefused';
import { openIdFor, type OpenIdSettings, type Prompt } from './openid';
import { isOwnRequest } from './ownRequest';
import { asText, page, pageHeaders, sentencePage } from './page';
import { sessionsFor, type SessionSettings } from './session';

/** Whoever loses a role loses it here within the hour, as with a token. */
const readAgainMs = 3_600_000;

export interface LoginSettings extends Omit<SessionSettings, 'secure' | 'clock'> {
  /** The address at which people reach the front end, without a slash at its end. */
  readonly publicUrl: string;
  readonly client: Pick<OpenIdSettings, 'issuer' | 'clientId' | 'clientSecret' | 'scope'>;
  readonly identity: Identity;
  /** Whether the front end is for somebody at all. */
  readonly mayEnter: (caller: Caller) => boolean;
  readonly log: { error(fields: object, message: string): void };
  readonly clock?: (() => number) | undefined;
}

export interface Login {
  /** Opens the session of each request, and answers everything about logging in and out. */
  readonly router: Router;
  /** The person who is logged in, if the session counts now. */
  callerOf(request: Request): Caller | undefined;
  /** The person does something, so the session stays open. */
  keepOpen(request: Request): Promise<void>;
  /** Sends a person to the login, and back to this request afterwards. */
  sendToLogin(request: Request, response: Response): void;
}

/** The paths of a login, below the public address. The first is the one to which the Temporal UI sends people without a login. */
export const loginPaths = { login: '/login', callback: '/login/callback', logout: '/logout', loggedOut: '/logged-out' } as const;

/** Login with a browser: authorization code on the server, so that no token reaches the browser. */
export function loginFor(settings: LoginSettings): Login {
  const { publicUrl, identity, mayEnter, log, clock = Date.now } = settings;
  const here = new URL(publicUrl);
  const at = (path: string) => `${publicUrl}${path}`;
  const sessions = sessionsFor({ ...settings, secure: here.protocol === 'https:', clock });
  const openId = openIdFor({ ...settings.client, redirectUri: at(loginPaths.callback), afterLogout: at(loginPaths.loggedOut) });

  const stands = (request: Request) => {
    const found = sessions.loggedIn(request);
    return found !== undefined && identity.isOnFile(found.caller) && mayEnter(found.caller) ? found : undefined;
  };
  const callerOf = (request: Request) => {
    const found = stands(request);
    return found !== undefined && clock() < found.readAt + readAgainMs ? found.caller : undefined;
  };
  const loginAddress = (returnUrl: string) => `${at(loginPaths.login)}?${new URLSearchParams({ returnUrl }).toString()}`;
  const show = (response: Response, status: number, html: string, sites: readonly string[] = []) =>
    void response.status(status).set(pageHeaders(sites)).end(html);

  const login = async (request: Request, response: Response) => {
    const to = ownAddress(request.query['returnUrl'], publicUrl);
    // The cookie belongs to one host, to which the issuer sends people back.
    if (request.get('Host') !== here.host) return void response.redirect(303, loginAddress(to));
    if (callerOf(request) !== undefined) return void response.redirect(303, to);
    const prompt: Prompt = stands(request) === undefined ? 'login' : 'none';
    const { address, begun } = await openId.begin(prompt);
    sessions.remember(request, { ...begun, to, at: clock() });
    response.redirect(303, address);
  };

  const callback = async (request: Request, response: Response) => {
    const underWay = sessions.take(request, request.query['state']);
    if (underWay === undefined) return void show(response, 400, notBegun(loginAddress(at('/'))));
    const before = stands(request);
    try {
      const { accessToken, idToken } = await openId.finish(new URL(request.originalUrl, publicUrl), underWay);
      const caller = await identity.identify(`Bearer ${accessToken}`);
      if (!mayEnter(caller)) throw new LoginRefused('role-not-allowed');
      const isSecondLook = underWay.prompt === 'none' && before?.caller.id === caller.id;
      await sessions.begin(request, { caller, idToken, since: isSecondLook ? before.since : clock(), readAt: clock() });
      response.redirect(303, underWay.to);
    } catch (error) {
      if (!(error instanceof LoginRefused)) throw error;
      if (error.code === 'no-answer') throw error;
      await sessions.end(request);
      // The issuer would have to ask, so it shall.
      if (underWay.prompt === 'none') return void response.redirect(303, loginAddress(underWay.to));
      // Most often our settings at the issuer are wrong. All other refusals are the person's.
      if (error.code === 'token-not-valid') log.error({ code: error.code, detail: error.detail }, 'a login failed');
      show(response, 403, refusal(error.code, loginAddress(underWay.to)));
    }
  };

  const askLogout = async (request: Request, response: Response) => {
    const found = sessions.loggedIn(request);
    if (found === undefined) return void response.redirect(303, at(loginPaths.loggedOut));
    const address = await openId.logoutAddress(found.idToken).catch(() => undefined);
    show(response, 200, logoutPage(found.caller.id), address === undefined ? [] : [new URL(address).origin]);
  };

  const logout = async (request: Request, response: Response) => {
    if (!isOwnRequest(request, here.origin)) return void response.status(403).end();
    const found = sessions.loggedIn(request);
    // Who cannot log out at the issuer is logged out here all the same.
    const address = found === undefined ? undefined : await openId.logoutAddress(found.idToken).catch(() => undefined);
    await sessions.end(request);
    response.set('Clear-Site-Data', '"cache"').redirect(303, address ?? at(loginPaths.loggedOut));
  };

  const router = Router({ strict: true, caseSensitive: true });
  router.use(sessions.opened);
  router.get(loginPaths.login, login);
  router.get(loginPaths.callback, callback);
  router.get(loginPaths.logout, askLogout);
  router.post(loginPaths.logout, logout);
  router.get(loginPaths.loggedOut, (_, response) =>
    show(response, 200, sentencePage('Logged out', 'You are logged out here.', { to: at(loginPaths.login), words: 'Log in' })),
  );
  return {
    router,
    callerOf,
    keepOpen: (request) => sessions.keepOpen(request),
    sendToLogin: (request, response) => response.redirect(303, loginAddress(request.originalUrl)),
  };
}

/** An address of our own, or our first page: a login sends nobody elsewhere. */
function ownAddress(given: unknown, publicUrl: string): string {
  const first = `${publicUrl}/`;
  if (typeof given !== 'string' || !URL.canParse(given, first)) return first;
  const { href } = new URL(given, first);
  return href.startsWith(first) ? href : first;
}

function logoutPage(id: string): string {
  return page('Log out?', `<p>You are logged in as ${asText(id)}.</p><form method="post"><button>Log out</button></form>`);
}

function notBegun(loginAddress: string): string {
  const sentence = 'This login was not begun in this browser, or it took longer than ten minutes.';
  return sentencePage('Not logged in', sentence, { to: loginAddress, words: 'Log in' });
}

const sentences: Readonly<Record<Exclude<LoginRefusal, 'no-answer'>, string>> = {
  'not-logged-in': 'The login was not finished.',
  'token-not-valid': 'The login is not one of this installation, or the list of the staff has nobody with these roles and this office.',
  'token-expired': 'The login is no longer valid.',
  'role-not-allowed': 'These pages are not for your role.',
};

function refusal(code: Exclude<LoginRefusal, 'no-answer'>, loginAddress: string): string {
  return sentencePage('Not logged in', sentences[code], { to: loginAddress, words: 'Log in as somebody else' });
}
