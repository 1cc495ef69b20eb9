/** A fact that was sent, and whether the service confirmed it. */
interface Entry {
  readonly reference: string;
  readonly mark: string;
  acknowledged: boolean;
}

/** The facts sent to the service, for comparison with its cases. */
export class Ledger {
  private readonly entries = new Map<string, Entry>();
  private readonly references: string[] = [];

  get cases(): readonly string[] {
    return this.references;
  }

  get acknowledged(): number {
    return [...this.entries.values()].filter(({ acknowledged }) => acknowledged).length;
  }

  opened(reference: string): void {
    this.references.push(reference);
  }

  sent(reference: string, mark: string): void {
    this.entries.set(mark, { reference, mark, acknowledged: false });
  }

  answered(mark: string): void {
    const entry = this.entries.get(mark);
    if (entry !== undefined) entry.acknowledged = true;
  }

  /** The faults in the facts of a case, by their marks: lost, recorded twice, or never sent. */
  faultsOf(reference: string, marks: readonly string[]): string[] {
    const ours = [...this.entries.values()].filter((entry) => entry.reference === reference);
    return [
      ...ours.filter(({ mark, acknowledged }) => acknowledged && !marks.includes(mark)).map(({ mark }) => `${reference}: ${mark} is lost`),
      ...marks.filter((mark, at) => marks.indexOf(mark) !== at).map((mark) => `${reference}: ${mark} was told twice`),
      ...marks.filter((mark) => !this.entries.has(mark)).map((mark) => `${reference}: ${mark} was never sent`),
    ];
  }
}
