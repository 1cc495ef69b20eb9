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
    readonly exact: Buffer | null;
  };
  readonly statistics_published_nationality: {
    readonly year: number;
    readonly rank: number;
    readonly nationality: string;
    readonly count: number;
    readonly source: string;
  };
  readonly edition: { readonly hash: Buffer; readonly name: string; readonly body: string };
  readonly case_state: {
    readonly reference: string;
    readonly revision: string;
    readonly form: number;
    readonly written_at: Date;
    readonly edition: Buffer;
    readonly entries: number;
    readonly sealed: Buffer;
  };
  readonly case_fact: { readonly reference: string; readonly n: number; readonly sealed: Buffer };
  readonly case_line: {
    readonly reference: string;
    readonly revision: string;
    readonly form: number;
    readonly written_at: Date;
    readonly office: string;
    readonly stage: string;
    readonly since: Date;
    readonly opened_on: Date;
    readonly first_due: Date;
    readonly overdue_from: Date;
    readonly statutory_overdue_from: Date;
    readonly deadline_passed_from: Date;
    readonly escalates_at: Date;
    readonly decision_needed: boolean;
    readonly unassigned: number;
    readonly undelivered: number;
    readonly hidden_from_police: boolean;
    readonly feed: string;
  };
  readonly case_left: {
    readonly reference: string;
    readonly office: string;
    readonly left_by: 'all' | 'police' | 'others';
    readonly revision: string;
    readonly written_at: Date;
    readonly feed: string;
  };
  readonly case_member: { readonly reference: string; readonly role: string; readonly staff_id: string; readonly first_due: Date };
  readonly due: {
    readonly reference: string;
    readonly kind: 'task' | 'deadline' | 'other';
    readonly item: Buffer;
    readonly owner: string | null;
    readonly assignee: string | null;
    readonly office: string;
    readonly due_on: Date;
    readonly due_at: Date | null;
    readonly statutory: boolean;
    readonly forecast: Buffer | null;
    readonly hidden_from_police: boolean;
    readonly mark: Buffer;
    readonly sealed: Buffer;
  };
  readonly late_moment: {
    readonly reference: string;
    readonly office: string;
    readonly hidden_from_police: boolean;
    readonly planned_at: Date;
    readonly happened_at: Date;
    readonly sealed: Buffer;
  };
  readonly register_filled: { readonly single: boolean; readonly at: Date | null };
  readonly case_ended: { readonly reference: string };
  readonly register_compared: {
    readonly single: ColumnType<boolean, never, never>;
    readonly at: Date;
    readonly cases: number;
    readonly differing: number;
  };
  /** Kysely's own list of the migrations that have run. */
  readonly kysely_migration: { readonly name: string };
}

/** Everything of ours is in this schema; a database may hold other things beside it. */
export const schemaName = 'pathways';
