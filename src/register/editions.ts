/* Editions of the policy in the register: each body once, by its hash. */

import { createHash } from 'node:crypto';
import { completed } from '../domain/policy/completed';
import type { Edition } from '../domain/policy/edition';
import type { EditionRow, RegisterTable } from '../store/register';

export interface Editions {
  /** The hash of an edition, once its body is kept. */
  hashOf(edition: Edition): Promise<Buffer>;
  /** The edition with this hash, completed with what today's code reads; undefined where nobody kept it, or its body was changed. */
  withHash(hash: Buffer): Promise<Edition | undefined>;
}

/** A process meets a handful of editions, so it keeps them all. */
export function editionsIn(table: Pick<RegisterTable, 'putEdition' | 'editionOf'>): Editions {
  const rows = new WeakMap<Edition, EditionRow>();
  const kept = new Set<string>();
  const known = new Map<string, Edition>();
  return {
    async hashOf(edition) {
      const row = rows.get(edition) ?? rowOf(edition);
      rows.set(edition, row);
      const name = row.hash.toString('hex');
      if (!kept.has(name)) await table.putEdition(row);
      kept.add(name);
      return row.hash;
    },
    async withHash(hash) {
      const name = hash.toString('hex');
      const found = known.get(name) ?? editionIn(hash, await table.editionOf(hash));
      if (found !== undefined) known.set(name, found);
      return found;
    },
  };
}

function rowOf(edition: Edition): EditionRow {
  const body = JSON.stringify(edition);
  return { hash: hashOf(body), name: edition.edition, body };
}

function editionIn(hash: Buffer, row: EditionRow | undefined): Edition | undefined {
  if (row === undefined || !hashOf(row.body).equals(hash)) return undefined;
  return completed(JSON.parse(row.body) as Edition);
}

function hashOf(body: string): Buffer {
  return createHash('sha256').update(body).digest();
}
