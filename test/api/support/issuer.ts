import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { demoStaff } from './staff';

export const audience = 'urn:test';

export type Claims = JWTPayload & { readonly roles?: unknown; readonly office?: unknown; readonly partner?: unknown };

/** An issuer of tokens that publishes its own keys, as real issuers do. */
export async function startIssuer() {
  const [rsa, elliptic, unpublished] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('ES256'), generateKeyPair('RS256')]);
  const keys = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(elliptic.publicKey)), kid: 'elliptic', alg: 'ES256', use: 'sig' },
  ];
  const server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const documents: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/keys': { keys },
    };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(documents[request.url ?? ''] ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function sign(claims: Claims, by: { key: CryptoKey; alg: string; kid: string }, expires: number | string = '5m'): Promise<string> {
    return new SignJWT({ iss: issuer, aud: audience, ...claims })
      .setProtectedHeader({ alg: by.alg, kid: by.kid })
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(by.key);
  }

  const ours = { key: rsa.privateKey, alg: 'RS256', kid: 'rsa' };
  return {
    issuer,
    /** A token with these claims, signed with a published key. */
    token: (claims: Claims, expires?: number | string) => sign(claims, ours, expires),
    ellipticToken: (claims: Claims) => sign(claims, { key: elliptic.privateKey, alg: 'ES256', kid: 'elliptic' }),
    /** A token that claims to be ours, and is not. */
    forgedToken: (claims: Claims) => sign(claims, { key: unpublished.privateKey, alg: 'RS256', kid: 'rsa' }),
    strangerToken: (claims: Claims) => sign(claims, { key: unpublished.privateKey, alg: 'RS256', kid: 'stranger' }),
    unsignedToken: (claims: Claims) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none' })}.${part({ iss: issuer, aud: audience, exp: 9_999_999_999, ...claims })}.`;
    },
    /** A token that uses our public key as if it were a shared secret. */
    confusedToken: async (claims: Claims) =>
      new SignJWT({ iss: issuer, aud: audience, ...claims })
        .setProtectedHeader({ alg: 'HS256', kid: 'rsa' })
        .setExpirationTime('5m')
        .sign(Buffer.from(JSON.stringify(keys[0]))),
    /** The claims of a member of the demo staff. */
    claimsOf: (id: string): Claims => {
      const member = demoStaff.staff.find((each) => each.id === id);
      if (member === undefined) throw new Error(`nobody is ${id}`);
      const { roles, office, partner } = member;
      return { sub: id, roles, ...(office === undefined ? {} : { office }), ...(partner === undefined ? {} : { partner }) };
    },
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>;
