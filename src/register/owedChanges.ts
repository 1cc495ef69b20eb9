import type { RegisterLag } from '../casework/ports/readiness';

interface Owed {
  readonly revision: number;
  /** Milliseconds that only go forward. */
  readonly since: number;
}

/** The changes that cases have taken over from this process, and that the register was not yet seen to have. */
export class OwedChanges {
  private readonly cases = new Map<string, Owed>();

  takenOver(reference: string, revision: number): void {
    const { since = performance.now(), revision: before = revision } = this.cases.get(reference) ?? {};
    this.cases.set(reference, { revision: Math.max(revision, before), since });
  }

  /** Whether a case is to write something newer than this revision. */
  isNewerThan(reference: string, revision: number): boolean {
    return (this.cases.get(reference)?.revision ?? revision) > revision;
  }

  /** The register has this revision of a case, or a newer one. */
  arrived(reference: string, revision: number): void {
    const owed = this.cases.get(reference);
    if (owed !== undefined && owed.revision <= revision) this.cases.delete(reference);
  }

  /** The cases that have waited longest. */
  oldest(most: number): readonly string[] {
    return [...this.cases.keys()].slice(0, most);
  }

  lag(): RegisterLag {
    const [oldest] = this.cases.values();
    const waitedMs = oldest === undefined ? 0 : performance.now() - oldest.since;
    return { waiting: this.cases.size, oldestSeconds: Math.floor(waitedMs / 1_000) };
  }
}
