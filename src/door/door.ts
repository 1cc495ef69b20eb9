import express, { type ErrorRequestHandler, type Express, type NextFunction, type Request, type Response } from 'express';
import type { Caller } from '../domain/basics/roles';
import { mayNever } from '../domain/rights/rights';
import { redactError } from '../errors/redactError';
import type { Identity } from '../login/identity';
import { loginFor, type LoginSettings } from '../login/login';
import { LoginRefused } from '../login/loginRefused';
import { isOwnRequest } from '../login/ownRequest';
import { pageHeaders, sentencePage } from '../login/page';
import { StoreAway } from '../store/storeAway';
import { codecRoutes, type CodecParts } from './codecRoutes';
import { decodingFor, type DecodingParts } from './decode';
import { forward } from './forward';
import { isOfNamespace } from './namespaces';
import { listsRouter, type ListsParts } from './lists';
import { away, DoorRefused } from './refused';
import { namespacesPath, settingsPath, uiNamespaces, uiSettings } from './uiAnswers';

export interface DoorParts
  extends
    Pick<LoginSettings, 'publicUrl' | 'client' | 'sessions' | 'seal' | 'cookieKey' | 'clock'>,
    DecodingParts,
    Pick<ListsParts, 'lists' | 'columns'> {
  readonly identity: Identity;
  readonly refused: CodecParts['refused'];
  /** The address of the Web UI behind the door. */
  readonly ui: URL;
  /** The namespace that the door shows, and no other. */
  readonly namespace: string;
  /** Addresses and subnets. Only their word about the address of a caller counts. */
  readonly trustedProxies: readonly string[];
  readonly log: { error(fields: object, message: string): void };
}

/** What may be asked of the Web UI with another method than GET: a query, which changes nothing. */
const query = /^\/api\/v1\/namespaces\/[^/]+\/workflows\/[^/]+\/query\/[\w-]+$/;
/** A page that is left open asks for these again and again by itself, and for what they bring to be decoded. */
const asksByItself = /^\/api\/v1\/namespaces\/[^/]+\/(workflow-count|workflows\/[^/]+)$/;

/** The login before the Temporal Web UI. Nobody gets past it without one, nothing can be changed through it, and it decodes for who may see. */
export function createDoor(parts: DoorParts): Express {
  const { publicUrl, ui, namespace, trustedProxies, log } = parts;
  const { origin } = new URL(publicUrl);
  const login = loginFor({ ...parts, name: 'door', mayEnter });

  const keepOut = async (request: Request, response: Response, next: NextFunction) => {
    if (!mayBeAsked(request)) throw new DoorRefused(405, 'method-not-allowed', 'nothing can be changed here', { Allow: 'GET' });
    if (login.callerOf(request) === undefined) {
      if (isNavigation(request)) return void login.sendToLogin(request, response);
      throw new DoorRefused(401, 'not-logged-in', 'log in again');
    }
    if (request.method !== 'GET' && !isOwnRequest(request, origin)) throw new DoorRefused(403, 'not-here', 'not a page of this service');
    if (isByAPerson(request)) await login.keepOpen(request);
    next();
  };

  const app = express();
  app.disable('x-powered-by').disable('etag').set('trust proxy', trustedProxies);
  app.use((_, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'same-origin', 'X-Content-Type-Options': 'nosniff' });
    response.set({ 'X-Frame-Options': 'SAMEORIGIN', 'Strict-Transport-Security': 'max-age=31536000' });
    next();
  });
  app.get('/health/live', (_, response) => void response.json({ status: 'live' }));
  app.use(login.router);
  app.use(codecRoutes({ ...parts, login, mayEnter, decoding: decodingFor(parts), origin }));
  app.use(keepOut);
  app.use(listsRouter(parts));
  app.get(settingsPath, async (_, response) => void response.json(await uiSettings(ui)));
  app.get(namespacesPath, async (_, response) => void response.json(await uiNamespaces(ui, namespace)));
  app.use((request, response) => {
    if (!isOfNamespace(request.path, namespace)) throw new DoorRefused(404, 'not-found', 'there is nothing here');
    return forward(request, response, ui);
  });
  app.use(answerErrors(log));
  return app;
}

/** The table of rights says who has a reason to look into Temporal, if only at what is in clear there. */
function mayEnter(caller: Pick<Caller, 'roles'>): boolean {
  return !mayNever(caller, 'decode');
}

function mayBeAsked({ method, path }: Request): boolean {
  return method === 'GET' || (method === 'POST' && query.test(path));
}

function isNavigation(request: Request): boolean {
  return request.method === 'GET' && request.accepts(['json', 'html']) === 'html';
}

/** Whether somebody is there: a page that was left open must not keep its session open. */
function isByAPerson(request: Request): boolean {
  if (isNavigation(request)) return true;
  return (
    request.method === 'GET' &&
    request.path.startsWith('/api/') &&
    !asksByItself.test(request.path) &&
    request.query['waitNewEvent'] !== 'true'
  );
}

/** Express knows an error handler by its four parameters. */
function answerErrors(log: DoorParts['log']): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    if (response.headersSent) return void next(thrown);
    const { status, code, message, headers } = refusedBy(thrown) ?? ourFault(thrown, log);
    response.status(status).set(headers);
    if (isNavigation(request)) response.set(pageHeaders([])).end(sentencePage('Not possible now', `${message}.`));
    else response.json({ code, message });
  };
}

function refusedBy(thrown: unknown): DoorRefused | undefined {
  if (thrown instanceof DoorRefused) return thrown;
  if (thrown instanceof StoreAway) return away('the database does not answer; nothing was lost, try again');
  if (!(thrown instanceof LoginRefused)) return undefined;
  if (thrown.code === 'no-answer') return away('the issuer of the tokens does not answer; try again');
  return thrown.code === 'role-not-allowed'
    ? new DoorRefused(403, thrown.code, 'this is not for your role')
    : new DoorRefused(401, thrown.code, 'the token does not count', { 'WWW-Authenticate': 'Bearer error="invalid_token"' });
}

function ourFault(thrown: unknown, log: DoorParts['log']) {
  log.error({ error: redactError(thrown) }, 'a request at the door failed');
  return { status: 500, code: 'our-fault', message: 'something failed on our side', headers: {} };
}
