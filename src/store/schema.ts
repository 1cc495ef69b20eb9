import type { ColumnType } from 'kysely';

/** A moment that the database sets itself. Nobody reads it; it is there for the people who run the database. */
type SetByDatabase = ColumnType<Date, never, never>;

/** The tables of the schema `pathways`, as the migrations make them. */
export interface StoreSchema {
  readonly case_key: {
    readonly key_id: Buffer;
    readonly reference: string;
    readonly office: string;
    readonly wrapped: Buffer;
    readonly master_key: string;
    readonly made_at: SetByDatabase;
  };
  readonly sealed_value: {
    readonly name: string;
    readonly value: Buffer;
    readonly made_at: SetByDatabase;
  };
  readonly audit_line: {
    readonly seq: string;
    readonly at: Date;
    readonly line: string;
    readonly hash: Buffer;
  };
  readonly audit_head: {
    readonly seq: string;
    readonly hash: Buffer;
  };
  readonly session: {
    readonly id: Buffer;
    readonly sealed: Buffer;
    readonly expires_at: Date;
  };
  readonly statistics_publication: {
    readonly id: string;
    readonly number: number;
    readonly table: string;
    readonly period: string;
    readonly made_at: Date;
    readonly made_by: string;
    readonly body: object;
  };
  readonly statistics_published_nationality: {
    readonly year: number;
    readonly rank: number;
    readonly nationality: string;
    readonly count: number;
    readonly source: string;
  };
  /** Kysely's own list of the migrations that have run. */
  readonly kysely_migration: { readonly name: string };
}

/** Everything of ours is in this schema; a database may hold other things beside it. */
export const schemaName = 'pathways';
