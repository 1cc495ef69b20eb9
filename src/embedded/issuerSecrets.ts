import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets that the embedded issuer keeps between starts, so that tokens outlive a restart. */
export interface IssuerSecrets {
  /** The private JSON Web Key that signs the tokens. */
  readonly signingKey: Readonly<Record<string, unknown>>;
  /** The secret of every client. Everybody who may read the data directory may act as any of the demo staff; nobody else may. */
  readonly clientSecret: string;
}

/** Reads the secrets from the data directory; undefined if `npm start` never ran on it. */
export function readIssuerSecrets(dataDir: string): IssuerSecrets | undefined {
  const file = fileIn(dataDir);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as IssuerSecrets) : undefined;
}

/** Reads the secrets, or makes them on the first start. The caller holds the lock of the data directory. */
export function loadOrCreateIssuerSecrets(dataDir: string): IssuerSecrets {
  const kept = readIssuerSecrets(dataDir);
  if (kept !== undefined) return kept;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signingKey = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') };
  const secrets: IssuerSecrets = { signingKey, clientSecret: randomBytes(32).toString('base64url') };
  const draft = `${fileIn(dataDir)}.new`;
  try {
    writeFileSync(draft, JSON.stringify(secrets), { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, fileIn(dataDir));
  } finally {
    rmSync(draft, { force: true });
  }
  return secrets;
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'issuer.json');
}
