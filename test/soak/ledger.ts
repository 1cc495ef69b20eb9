/** A fact that was sent, and whether the service said that it has it. */
interface Entry {
  readonly reference: string;
  readonly mark: string;
  acknowledged: boolean;
}

/** What was sent to the service, to be held against what it has. */
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

  /** What is wrong with what a case says it was told, by the marks of its facts: one that is lost, told twice, or never sent. */
  faultsOf(reference: string, marks: readonly string[]): string[] {
    const ours = [...this.entries.values()].filter((entry) => entry.reference === reference);
    return [
      ...ours.filter(({ mark, acknowledged }) => acknowledged && !marks.includes(mark)).map(({ mark }) => `${reference}: ${mark} is lost`),
      ...marks.filter((mark, at) => marks.indexOf(mark) !== at).map((mark) => `${reference}: ${mark} was told twice`),
      ...marks.filter((mark) => !this.entries.has(mark)).map((mark) => `${reference}: ${mark} was never sent`),
    ];
  }
}
