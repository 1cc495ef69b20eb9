import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { Caller } from '../domain/basics/roles';
import type { Begun } from './openid';
import { SealedSessions, type Seal, type SessionRows } from './sessionStore';

const minute = 60_000;
/** Content is out of reach after at most fifteen minutes in which nobody did anything (BIO 11.2.9.2). */
const idleMs = 15 * minute;
/** A working day; ours. */
const longestMs = 8 * 60 * minute;
/** A login has to be finished in so long; ours. */
const loginMs = 10 * minute;
/** So many windows of one browser may log in at the same time; ours. */
const mostUnderWay = 5;

/** A person who is logged in. */
export interface LoggedIn {
  readonly caller: Caller;
  /** It tells the issuer who logs out. */
  readonly idToken: string;
  /** When the person logged in, in milliseconds since 1970. */
  readonly since: number;
  /** When the issuer last said who the person is. */
  readonly readAt: number;
}

/** A login under way, and the place to go to afterwards. */
export interface LoginUnderWay extends Begun {
  readonly to: string;
  readonly at: number;
}

declare module 'express-session' {
  interface SessionData {
    loggedIn?: LoggedIn;
    /** One for each window in which somebody logs in. */
    underWay?: readonly LoginUnderWay[];
  }
}

export interface SessionSettings {
  readonly sessions: SessionRows;
  readonly seal: Seal;
  /** Signs the cookie. */
  readonly cookieKey: Buffer;
  /** The name of the front end; its cookie is called after it. */
  readonly name: string;
  /** Whether people reach the front end over https only. */
  readonly secure: boolean;
  readonly clock: () => number;
}

export interface Sessions {
  /** Opens the session of each request. */
  readonly opened: RequestHandler;
  loggedIn(request: Request): LoggedIn | undefined;
  /** The person does something, so the session lasts another quarter of an hour. */
  keepOpen(request: Request): Promise<void>;
  /** Begins a session for somebody who has logged in. Its id is new: nobody can have planted it in the browser before. */
  begin(request: Request, loggedIn: LoggedIn): Promise<void>;
  end(request: Request): Promise<void>;
  /** Remembers a login under way. */
  remember(request: Request, underWay: LoginUnderWay): void;
  /** The login under way of this state; it can be finished once. */
  take(request: Request, state: unknown): LoginUnderWay | undefined;
}

export function sessionsFor({ sessions, seal, cookieKey, name, secure, clock }: SessionSettings): Sessions {
  const endOf = ({ loggedIn }: Partial<session.SessionData>): Date =>
    new Date(loggedIn === undefined ? clock() + loginMs : Math.min(clock() + idleMs, loggedIn.since + longestMs));
  const opened = session({
    // A browser keeps a cookie of this prefix for this host alone, and over https alone (RFC 6265bis, 4.1.3.2).
    name: secure ? `__Host-${name}` : name,
    // Lax: with Strict the link in a mail would never bring the cookie. The browser forgets it when it ends; the table says when it counts.
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
    secret: cookieKey,
    store: new SealedSessions(sessions, seal, endOf),
    // A request that changes nothing writes nothing, so that two at once cannot undo each other.
    resave: false,
    saveUninitialized: false,
    // Behind a proxy with TLS every request comes over http. `secure` says how people reach us.
    proxy: true,
  });
  const loggedIn = (request: Request) => {
    const found = request.session.loggedIn;
    return found !== undefined && clock() < found.since + longestMs ? found : undefined;
  };
  return {
    opened: (request, response, next) => {
      if (secure) request.headers['x-forwarded-proto'] = 'https';
      opened(request, response, next);
    },
    loggedIn,
    keepOpen: (request) => sessions.touch(request.sessionID, endOf(request.session)),
    begin: async (request, found) => {
      await ended((done) => request.session.regenerate(done));
      request.session.loggedIn = found;
      await ended((done) => request.session.save(done));
    },
    end: (request) => ended((done) => request.session.destroy(done)),
    remember: (request, underWay) => {
      const others = request.session.underWay?.filter(({ at }) => clock() < at + loginMs) ?? [];
      request.session.underWay = [...others, underWay].slice(-mostUnderWay);
    },
    take: (request, state) => {
      const all = request.session.underWay ?? [];
      const found = all.find((each) => each.state === state && clock() < each.at + loginMs);
      request.session.underWay = all.filter((each) => each.state !== state);
      return found;
    },
  };
}

async function ended(work: (done: (failure?: Error | null) => void) => void): Promise<void> {
  const failure = await new Promise<Error | null | undefined>((resolve) => void work(resolve));
  if (failure !== undefined && failure !== null) throw failure;
}
