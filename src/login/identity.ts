import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { idShape, partnerIdShape } from '../domain/basics/ids';
import { areNational, roles, type Caller, type Role } from '../domain/basics/roles';
import { LoginRefused } from './loginRefused';

/** The caller, by the token of the request. Throws `LoginRefused` when the token does not count. */
export type Identify = (authorization: string | undefined) => Promise<Caller>;

export interface Identity {
  readonly identify: Identify;
  /** Whether `STAFF_FILE` still has a caller who logged in before. */
  isOnFile(caller: Caller): boolean;
  /** Rejects while the address of the issuer's keys is not known. */
  issuerAnswers(): Promise<unknown>;
}

/** A person in `STAFF_FILE`, as far as a login needs it. */
export interface PersonOnFile {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly office?: string | undefined;
  readonly partner?: string | undefined;
}

/** The issuer whose tokens count, and the audience that they must be issued for. */
export interface Tokens {
  readonly issuer: string;
  readonly audience: string;
}

/** How long any answer of the issuer may take. */
const issuerAnswersWithinMs = 5_000;

/**
 * A verified token counts for so long without another look at its signature, at most until it expires. A key that the issuer withdraws
 * counts as much longer, beside the ten minutes for which jose keeps the set of keys; ours.
 */
const knownAgainMs = 60_000;
/** The most tokens that are remembered; ours: more than one installation has staff at work. */
const mostKnown = 1_000;

/** The issuer's clock and ours may be so many seconds apart; ours. RFC 7519 (4.1.4, 4.1.5) asks for no more than a few minutes. */
const clocksApartSeconds = 30;

/**
 * Tokens of one issuer for one audience. Signature, issuer, audience and times are checked, against keys that the issuer publishes.
 * A claim about a person counts only if `STAFF_FILE` has it too.
 */
export function identityFor({ issuer, audience }: Tokens, { staff }: { readonly staff: readonly PersonOnFile[] }): Identity {
  const onFile = new Map(staff.map((member) => [member.id, member]));
  const keys = keysOf(issuer);
  const known = new LRUCache<string, Caller>({ max: mostKnown, perf: Date });
  const isOnFile = (caller: Caller) => fits(caller, onFile.get(caller.id));
  const identify: Identify = async (authorization) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new LoginRefused('not-logged-in');
    const fingerprint = createHash('sha256').update(token).digest('base64');
    return known.get(fingerprint) ?? remember(fingerprint, await verify(token));
  };
  const verify = async (token: string) => {
    const verified = await jwtVerify(token, await keys(), {
      issuer,
      audience,
      algorithms: ['RS256', 'ES256'],
      requiredClaims: ['exp', 'sub'],
      clockTolerance: clocksApartSeconds,
    }).catch(refuse);
    return verified.payload;
  };
  const remember = (fingerprint: string, payload: JWTPayload) => {
    const caller = callerFrom(payload);
    if (!isOnFile(caller)) throw new LoginRefused('token-not-valid', 'STAFF_FILE names nobody with this id, these roles and this office.');
    const validMs = (Number(payload.exp) + clocksApartSeconds) * 1_000 - Date.now();
    // A time of zero would be none: known for ever.
    const ttl = Math.max(1, Math.min(knownAgainMs, validMs));
    known.set(fingerprint, caller, { ttl });
    return caller;
  };
  return { identify, isOnFile, issuerAnswers: keys };
}

/** Asks the issuer once for the address of its keys; after a failure, with the next request again. */
function keysOf(issuer: string): () => Promise<JWTVerifyGetKey> {
  let known: Promise<JWTVerifyGetKey> | undefined;
  return () => {
    known ??= discover(issuer).catch(() => {
      known = undefined;
      throw unavailable();
    });
    return known;
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(issuerAnswersWithinMs) });
  const document = discovery.parse(await answer.json());
  // Another issuer's document would hand us another issuer's keys (OpenID Connect Discovery, section 4.3).
  if (document.issuer !== issuer) throw new Error('the issuer names itself otherwise');
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: issuerAnswersWithinMs });
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

function refuse(error: unknown): never {
  if (error instanceof errors.JWTExpired) throw new LoginRefused('token-expired');
  if (error instanceof errors.JWKSNoMatchingKey) throw new LoginRefused('token-not-valid');
  // Without the keys nothing is known about the token: no answer in time, an answer that is no set of keys, or none at all. The last is
  // the base class in jose, or an error of fetch.
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) throw unavailable();
  if (!(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC') throw unavailable();
  throw new LoginRefused('token-not-valid');
}

const claims = z
  .object({
    sub: z.string().min(1).max(200),
    roles: z.array(z.string()),
    office: z.string().regex(idShape).optional(),
    partner: z.string().regex(partnerIdShape).optional(),
  })
  .refine(({ roles: held, partner }) => held.includes('partner') === (partner !== undefined));

// A claim that is there and not understood refuses the whole token. An unknown role gives nothing and takes nothing.
function callerFrom(payload: JWTPayload): Caller {
  const read = claims.safeParse(payload);
  if (!read.success) throw new LoginRefused('token-not-valid');
  const { sub, office, partner } = read.data;
  const held = read.data.roles.filter(isRole);
  if (held.length === 0) throw new LoginRefused('role-not-allowed');
  return { id: sub, roles: held, ...(office === undefined ? {} : { office }), ...(partner === undefined ? {} : { partner }) };
}

/**
 * Whether the file has the caller with this office and at least these roles: a token without an office would open every office's cases.
 * Partners keep their own users, so those need no entry. Such a user has the role of a partner and no other.
 */
function fits(caller: Caller, member: PersonOnFile | undefined): boolean {
  if (member === undefined) return caller.office === undefined && caller.roles.every((role) => role === 'partner');
  return (
    caller.roles.every((role) => member.roles.includes(role)) &&
    caller.office === member.office &&
    (caller.partner === undefined || caller.partner === member.partner) &&
    (caller.office !== undefined || areNational(caller.roles))
  );
}

function isRole(role: string): role is Role {
  return roles.some((each) => each === role);
}

function unavailable(): LoginRefused {
  return new LoginRefused('no-answer', 'The issuer of the tokens does not answer.');
}
