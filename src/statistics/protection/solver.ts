import loadHighs, { type Highs, type Model } from 'highs';

/** A quantity of a program. It may become any whole number between its bounds. */
export interface Quantity {
  readonly least: number;
  readonly most: number;
  /** The cost of each unit. A program looks for the cheapest solution. */
  readonly cost: number;
}

/** The sum of quantities, each times its factor, is `equals`. */
export interface Sum {
  readonly terms: readonly Term[];
  readonly equals: number;
}

export interface Term {
  readonly quantity: number;
  readonly factor: number;
}

let loading: Promise<Highs> | undefined;

/** The solver is 4 MB of WebAssembly, so it is loaded on first use, once in a process. */
export function solver(): Promise<Highs> {
  loading ??= loadHighs();
  return loading;
}

/** A linear program over whole numbers. It keeps memory of the solver until `dispose` is called. */
export class Program {
  private readonly model: Model;

  constructor(
    private readonly highs: Highs,
    private readonly quantities: readonly Quantity[],
    sums: readonly Sum[],
  ) {
    const terms = sums.map((each) => each.terms);
    this.model = highs.createModel({
      numCols: quantities.length,
      numRows: sums.length,
      colCost: quantities.map(({ cost }) => cost),
      colLower: quantities.map(({ least }) => least),
      colUpper: quantities.map(({ most }) => most),
      rowLower: sums.map(({ equals }) => equals),
      rowUpper: sums.map(({ equals }) => equals),
      matrix: {
        format: 'csr',
        numCols: quantities.length,
        numRows: sums.length,
        starts: startsOf(terms),
        indices: terms.flat().map(({ quantity }) => quantity),
        values: terms.flat().map(({ factor }) => factor),
      },
    });
    this.model.options.set({ output_flag: false, mip_rel_gap: 0 });
  }

  setCost(quantity: number, cost: number): void {
    this.model.changeColCost(quantity, cost);
  }

  setBounds(quantity: number, least: number, most: number): void {
    this.model.changeColBounds(quantity, least, most);
  }

  /**
   * The value of each quantity in a cheapest solution, or null if there is none. Mostly the linear program has its solution in whole
   * numbers. Only if not, they are asked for, which takes longer.
   */
  cheapest(): readonly number[] | null {
    const relaxed = this.run();
    if (relaxed === null || relaxed.every(isWhole)) return relaxed?.map(Math.round) ?? null;
    const { integer, continuous } = this.highs.constants.variableType;
    this.setType(integer);
    const whole = this.run();
    this.setType(continuous);
    return whole?.map(Math.round) ?? null;
  }

  dispose(): void {
    this.model.dispose();
  }

  private run(): readonly number[] | null {
    this.model.run();
    const status = this.model.getModelStatus();
    const { optimal, infeasible, unboundedOrInfeasible } = this.highs.constants.modelStatus;
    if (status === optimal) return [...this.model.getSolution().colValue];
    // No program here is unbounded: where a quantity is cheaper the greater it is, it has an upper bound.
    if (status === infeasible || status === unboundedOrInfeasible) return null;
    throw new Error(`the solver ended with status ${status}`);
  }

  private setType(type: 0 | 1): void {
    this.model.changeColsIntegrality(
      { kind: 'range', from: 0, to: this.quantities.length - 1 },
      this.quantities.map(() => type),
    );
  }
}

/** The place where each row begins, and at last the end of them all. */
function startsOf(rows: readonly (readonly Term[])[]): readonly number[] {
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + row.length);
  return starts;
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6;
}
