import { Store, type SessionData } from 'express-session';

/** The table of sessions. Every method rejects while the database does not answer. */
export interface SessionRows {
  /** What was kept under an id, if it has not expired. */
  get(id: string): Promise<Buffer | undefined>;
  set(id: string, sealed: Buffer, expiresAt: Date): Promise<void>;
  touch(id: string, expiresAt: Date): Promise<void>;
  destroy(id: string): Promise<void>;
}

/** Encrypts what is kept. It is bound to the id of its session, so that no row can take the place of another. */
export interface Seal {
  seal(plain: Buffer, about: string): Buffer;
  /** Undefined if it was sealed under another key, or about something else. */
  open(sealed: Buffer, about: string): Buffer | undefined;
}

/**
 * Keeps sessions sealed in a table: a stolen table opens no session, and tells of nobody. It has no `touch`, by which the package would
 * prolong a session with every request: a page that is left open asks again and again by itself.
 */
export class SealedSessions extends Store {
  constructor(
    private readonly rows: SessionRows,
    private readonly seal: Seal,
    /** The moment at which a session ends, if nothing is asked of it any more. */
    private readonly endOf: (session: SessionData) => Date,
  ) {
    super();
  }

  override get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    void this.rows.get(id).then((sealed) => done(undefined, this.opened(id, sealed)), done);
  }

  override set(id: string, session: SessionData, done?: (error?: unknown) => void): void {
    const sealed = this.seal.seal(Buffer.from(JSON.stringify(session)), id);
    void this.rows.set(id, sealed, this.endOf(session)).then(() => done?.(), done);
  }

  override destroy(id: string, done?: (error?: unknown) => void): void {
    void this.rows.destroy(id).then(() => done?.(), done);
  }

  private opened(id: string, sealed: Buffer | undefined): SessionData | null {
    const plain = sealed === undefined ? undefined : this.seal.open(sealed, id);
    return plain === undefined ? null : (JSON.parse(plain.toString()) as SessionData);
  }
}
