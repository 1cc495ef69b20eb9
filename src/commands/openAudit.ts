import type { OfficeOf } from '../casework/accessLog';
import type { Hash } from '../casework/installation';
import type { Audit } from '../casework/ports/audit';
import { redactError } from '../errors/redactError';
import { refusedCalls, type RefusedCalls } from '../login/refusedCalls';
import { auditTrail, type AuditTrail } from '../store/auditTrail';
import type { Store } from '../store/store';
import { StoreAway } from '../store/storeAway';
import { log } from './log';
import { refusedWhileAway } from './refusedWhileAway';

const dayMs = 24 * 60 * 60 * 1_000;

interface AuditStore extends Pick<Store, 'audit'> {
  readonly caseKeys: Pick<Store['caseKeys'], 'ofReferences'>;
}

export interface OpenedAudit {
  readonly audit: Audit;
  readonly officeOf: OfficeOf;
  readonly refused: Pick<RefusedCalls, 'count'>;
  /** Writes what was counted and what waits, and logs the head. */
  stop(): Promise<void>;
}

/** The record of who did what, to write to. All processes of an installation give a case the same hash, since they hash under the same key. */
export function openTrail(store: Pick<Store, 'audit'>, hash: Hash): AuditTrail {
  return auditTrail({
    table: store.audit,
    pseudonym: (reference) => hash('audit', reference).toString('hex'),
    failed: (error) => log.error({ error: redactError(error) }, 'a line of the audit was not written'),
  });
}

/** Opens the record of who did what (docs/audit.md). Its head goes to the log once a day and at the end: a place that the database cannot reach. */
export function openAudit(store: AuditStore, hash: Hash): OpenedAudit {
  const trail = openTrail(store, hash);
  const refused = refusedCalls(trail);
  const logHead = () => headToLog(store.audit);
  const daily = setInterval(() => void logHead(), dayMs).unref();
  return {
    audit: { ...trail, ofCase: (...asked) => trail.ofCase(...asked).catch(refusedWhileAway) },
    officeOf: async (reference) => (await store.caseKeys.ofReferences([reference]).catch(refusedWhileAway))[0]?.office,
    refused,
    stop: async () => {
      clearInterval(daily);
      await refused.stop();
      if (await isAllWritten(trail)) await logHead();
    },
  };
}

/** Whether the lines of a process that ends are all written. If not, the log has their number. */
export async function isAllWritten(trail: Pick<AuditTrail, 'stop'>): Promise<boolean> {
  const lines = await trail.stop();
  if (lines > 0) log.error({ lines }, 'lines of the audit are lost: the process ends while the database is away');
  return lines === 0;
}

/**
 * Without the database there is no head now; the next one is of all lines too. A durable change without a line comes first: the log must never
 * name lines that a dying machine can still take back, since they would count as cut off for ever.
 */
async function headToLog(audit: Store['audit']): Promise<void> {
  try {
    const { seq, hash } = await audit.append([], true);
    log.info({ head: `${seq}:${hash.toString('hex')}` }, 'the head of the audit');
  } catch (error) {
    if (!(error instanceof StoreAway)) log.error({ error: redactError(error) }, 'the head of the audit cannot be read');
  }
}
