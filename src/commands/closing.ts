/** Closes the opened parts in the opposite order. A failure of one does not keep the others from being closed. */
export class Closing {
  private readonly steps: (() => Promise<void> | void)[] = [];

  /** Adds the step that closes the part just opened. */
  later(step: () => Promise<void> | void): void {
    this.steps.push(step);
  }

  /** Runs all steps and returns their failures. */
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
