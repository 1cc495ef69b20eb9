import './utc';
import { parseArgs } from 'node:util';
import { ConfigError } from '../settings/configError';
import type { AuditHead } from '../store/auditLines';
import { inWords, verifyAudit } from '../store/verifyAudit';
import { Closing } from './closing';
import { openReadyStore } from './openReadyStore';
import { placeOfTables } from './placeOfTables';
import { reportFailure } from './reportFailure';

/**
 * `npm run audit:verify [-- --since SEQ:HASH]`: reads the whole record of who did what, or the part after a head that was kept elsewhere, and
 * says whether it holds. Each fault is a line, and the exit code is 1.
 */
async function verify(args: readonly string[]): Promise<void> {
  const since = sinceIn(args);
  const closing = new Closing();
  try {
    const { audit } = await openReadyStore(placeOfTables(), closing);
    const verified = await verifyAudit(audit, since);
    process.stdout.write(`${inWords(verified)}\n`);
    if (verified.faults.length > 0) process.exitCode = 1;
  } finally {
    await closing.now();
  }
}

/** The head in `--since`, as the log and this command print it. */
function sinceIn(args: readonly string[]): AuditHead | undefined {
  const { values } = parseArgs({ args: [...args], options: { since: { type: 'string' } }, strict: false });
  const [, seq, hash = ''] = /^(\d{1,18}):([\da-f]{64})$/.exec(String(values.since)) ?? [];
  if (seq !== undefined) return { seq: BigInt(seq), hash: Buffer.from(hash, 'hex') };
  if (args.length === 0) return undefined;
  throw new ConfigError('npm run audit:verify takes --since SEQ:HASH, a head as it stands in the log, and nothing else');
}

verify(process.argv.slice(2)).catch(reportFailure);
