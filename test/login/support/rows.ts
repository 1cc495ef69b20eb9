import type { SessionRows } from '../../../src/login/sessionStore';

/** A table of sessions in memory. A test may look into it, and move its clock. */
export class RowsInMemory implements SessionRows {
  readonly rows = new Map<string, { sealed: Buffer; expiresAt: Date }>();
  /** Whether the database does not answer. */
  away = false;

  constructor(private readonly clock: () => number) {}

  async get(id: string): Promise<Buffer | undefined> {
    this.answer();
    const row = this.rows.get(id);
    return row !== undefined && row.expiresAt.getTime() > this.clock() ? row.sealed : undefined;
  }

  async set(id: string, sealed: Buffer, expiresAt: Date): Promise<void> {
    this.answer();
    this.rows.set(id, { sealed, expiresAt });
  }

  async touch(id: string, expiresAt: Date): Promise<void> {
    this.answer();
    const row = this.rows.get(id);
    if (row !== undefined) this.rows.set(id, { ...row, expiresAt });
  }

  async destroy(id: string): Promise<void> {
    this.answer();
    this.rows.delete(id);
  }

  private answer(): void {
    if (this.away) throw new Error('the database does not answer');
  }
}
