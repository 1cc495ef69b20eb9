/** What was opened, to be closed in the opposite order. Each is closed whatever happens to the others. */
export class Closing {
  private readonly steps: (() => Promise<void> | void)[] = [];

  /** Remembers how to close what was just opened. */
  later(step: () => Promise<void> | void): void {
    this.steps.push(step);
  }

  /** Closes everything; answers with what went wrong, if anything did. */
  async now(): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      try {
        await step();
      } catch (failure) {
        failures.push(failure);
      }
    }
    return failures;
  }
}
