import loadHighs, { type Highs, type Model } from 'highs';
import type { ProtectedTable } from '../../../src/statistics/protection/protect';

/**
 * Somebody who has only what was published, and a solver. This file shares no code with the protection, so that a wrong thought there is not
 * thought here again: it reckons with the numbers themselves, knows each quarter on its own, and asks for whole numbers from the start.
 */
type Value = { readonly known: number } | { readonly unknown: string };

interface Secret {
  readonly name: string;
  readonly unknown: string;
  /** Which of its values would be harmless, if they were known. */
  readonly harmless: (value: number) => boolean;
}

interface Cells {
  readonly shape: ProtectedTable;
  readonly at: (row: string, column: string) => Value;
}

/** More than any count in a test, so that each program has a greatest solution. */
const plenty = 100_000;
const widthWanted = 10;

const highs = loadHighs();

/** All faults of what was published: small numbers that are shown, totals that tell of one part, hidden numbers that can be reckoned. */
export async function faultsOf(published: readonly ProtectedTable[]): Promise<readonly string[]> {
  const shown = published.filter(({ rows, total }) => rows.length > 0 || total !== null);
  return [...shown.flatMap(smallNumbersOf), ...shown.flatMap(tellingTotalsOf), ...new Reckoning(await highs, shown).found()];
}

function nameOf({ table, period }: ProtectedTable, ...place: readonly string[]): string {
  return [table, period, ...place].join(' ');
}

interface Total {
  readonly name: string;
  readonly total: number | null;
  readonly parts: readonly (number | null)[];
}

function totalsOf(table: ProtectedTable): readonly Total[] {
  return [
    ...table.rows.map((row, r) => ({ name: nameOf(table, row, 'total'), total: table.rowTotals[r] ?? null, parts: table.counts[r] ?? [] })),
    ...table.columns.map((column, c) => ({
      name: nameOf(table, 'total', column),
      total: table.columnTotals[c] ?? null,
      parts: table.counts.map((row) => row[c] ?? null),
    })),
    { name: nameOf(table, 'total'), total: table.total, parts: table.counts.flat() },
  ];
}

function smallNumbersOf(table: ProtectedTable): readonly string[] {
  const isSmall = (value: number | null) => value !== null && value <= 10 && (value >= 1 || table.outcomes);
  const small = [...table.counts.flat(), ...totalsOf(table).map(({ total }) => total)].filter(isSmall);
  return small.map((value) => `${nameOf(table)} shows ${value ?? ''}`);
}

function tellingTotalsOf(table: ProtectedTable): readonly string[] {
  return totalsOf(table)
    .filter(({ total, parts }) => total !== null && parts.filter((part) => part === null).length === 1)
    .map(({ name }) => `${name} is shown with one hidden part`);
}

class Reckoning {
  private readonly unknowns: { readonly name: string; readonly least: number }[] = [];
  private readonly equations: string[] = [];
  private readonly secrets: Secret[] = [];

  constructor(
    private readonly highs: Highs,
    published: readonly ProtectedTable[],
  ) {
    const tables = published.map((table) => this.cellsOf(table));
    for (const year of tables.filter(({ shape }) => !shape.period.includes('Q'))) this.quartersOf(year, tables);
    this.populations(tables);
  }

  /** The hidden numbers whose least and greatest possible values are too near to each other. */
  found(): readonly string[] {
    if (this.secrets.length === 0) return [];
    const bounds = this.unknowns.map(({ name, least }) => `${least} <= ${name} <= ${plenty}`);
    const program = ['Minimize', ' o: 0 x0', 'Subject To', ...this.equations, 'Bounds', ...bounds, 'End'].join('\n');
    return this.highs.withModel({ format: 'lp', data: program }, (model) => {
      model.options.set({ output_flag: false, mip_rel_gap: 0 });
      return this.secrets.flatMap((secret) => {
        const [least, most] = [this.least(model, secret, 1), -this.least(model, secret, -1)];
        const possible = Array.from({ length: Math.max(0, Math.min(widthWanted, most - least + 1)) }, (_, more) => least + more);
        return most - least >= widthWanted || possible.every(secret.harmless) ? [] : [`${secret.name} is from ${least} to ${most}`];
      });
    });
  }

  /** The least value of the number times 1 or -1 in any table of whole numbers. It asks for whole numbers where the first answer has others. */
  private least(model: Model, { unknown }: Secret, factor: 1 | -1): number {
    const column = model.getColByName(unknown);
    model.changeColCost(column, factor);
    this.run(model);
    if (!isWhole(model)) {
      this.setType(model, this.highs.constants.variableType.integer);
      this.run(model);
      this.setType(model, this.highs.constants.variableType.continuous);
    }
    const value = Math.round(model.getObjectiveValue());
    model.changeColCost(column, 0);
    return value;
  }

  private run(model: Model): void {
    model.run();
    const status = model.getModelStatus();
    if (status !== this.highs.constants.modelStatus.optimal) throw new Error(`the solver ended with status ${status}`);
  }

  private setType(model: Model, type: 0 | 1): void {
    const types = this.unknowns.map(() => type);
    model.changeColsIntegrality({ kind: 'range', from: 0, to: types.length - 1 }, types);
  }

  private unknown(least: number): Value & { unknown: string } {
    const name = `x${this.unknowns.length}`;
    this.unknowns.push({ name, least });
    return { unknown: name };
  }

  private hidden(name: string, least: number): Value {
    const value = this.unknown(least);
    this.secrets.push({ name, unknown: value.unknown, harmless: () => false });
    return value;
  }

  /** A number that nobody publishes, but that anybody may reckon: harmless if it is large, or a nought that tells of nobody's outcome. */
  private derived(name: string, outcomes: boolean): Value {
    const value = this.unknown(0);
    this.secrets.push({ name, unknown: value.unknown, harmless: (count) => count > 10 || (count === 0 && !outcomes) });
    return value;
  }

  /** Left and right add up to the same. */
  private equal(left: readonly Value[], right: readonly Value[]): void {
    const known = (values: readonly Value[]) => values.reduce((total, value) => total + ('known' in value ? value.known : 0), 0);
    const terms = (values: readonly Value[], sign: string) =>
      values.flatMap((value) => ('unknown' in value ? [`${sign} ${value.unknown}`] : []));
    const all = [...terms(left, '+'), ...terms(right, '-')];
    const difference = known(right) - known(left);
    if (all.length > 0) this.equations.push(` e${this.equations.length}: ${all.join(' ')} = ${difference}`);
    else if (difference !== 0) throw new Error('the published numbers contradict each other');
  }

  private cellsOf(shape: ProtectedTable): Cells {
    const least = shape.outcomes ? 0 : 1;
    const values = shape.rows.map((row, r) =>
      shape.columns.map((column, c) => this.shownOrHidden(shape.counts[r]?.[c] ?? null, nameOf(shape, row, column), least)),
    );
    values.forEach((row, r) => {
      this.equal(row, [this.shownOrHidden(shape.rowTotals[r] ?? null, nameOf(shape, shape.rows[r] ?? '', 'total'), 0)]);
    });
    shape.columns.forEach((column, c) => {
      const total = this.shownOrHidden(shape.columnTotals[c] ?? null, nameOf(shape, 'total', column), 0);
      this.equal(
        values.flatMap((row) => row[c] ?? []),
        [total],
      );
    });
    this.equal(values.flat(), [this.shownOrHidden(shape.total, nameOf(shape, 'total'), 0)]);
    return { shape, at: (row, column) => values[shape.rows.indexOf(row)]?.[shape.columns.indexOf(column)] ?? { known: 0 } };
  }

  private shownOrHidden(value: number | null, name: string, least: number): Value {
    return value === null ? this.hidden(name, least) : { known: value };
  }

  /** Each quarter that is not published counts nobody, or somebody. Together they are what is left of the year. */
  private quartersOf(year: Cells, tables: readonly Cells[]): void {
    const { shape } = year;
    const quarters = [1, 2, 3, 4].map((quarter) => `${shape.period}-Q${quarter}`);
    const published = tables.filter((each) => each.shape.table === shape.table && quarters.includes(each.shape.period));
    if (published.length === 0) return;
    const missing = quarters.filter((period) => !published.some((each) => each.shape.period === period));
    const rows = [...new Set([shape, ...published.map((each) => each.shape)].flatMap((each) => each.rows))];
    const left = rows.map((row) => shape.columns.map((column) => this.leftAt(year, published, missing, row, column)));
    rows.forEach((row, r) => this.together(nameOf(shape, 'left of', row), shape, left[r] ?? []));
    shape.columns.forEach((column, c) =>
      this.together(
        nameOf(shape, 'left of', column),
        shape,
        left.flatMap((row) => row[c] ?? []),
      ),
    );
    this.together(nameOf(shape, 'left'), shape, left.flat());
  }

  private leftAt(year: Cells, published: readonly Cells[], missing: readonly string[], row: string, column: string): Value {
    const isIn = (period: string, name: string) =>
      !/^\d{4}-\d\d$/.test(name) || period.endsWith(`Q${Math.ceil(Number(name.slice(5)) / 3)}`);
    const unpublished = missing.filter((period) => isIn(period, row) && isIn(period, column)).map(() => this.unknown(0));
    this.equal([year.at(row, column)], [...published.map((each) => each.at(row, column)), ...unpublished]);
    return this.together(nameOf(year.shape, 'left of', row, column), year.shape, unpublished);
  }

  private together(name: string, { outcomes }: ProtectedTable, parts: readonly Value[]): Value {
    if (!parts.some((part) => 'unknown' in part)) return { known: 0 };
    const whole = this.derived(name, outcomes);
    this.equal([whole], parts);
    return whole;
  }

  private populations(tables: readonly Cells[]): void {
    for (const population of new Set(tables.flatMap(({ shape }) => shape.population ?? []))) {
      const totals = new Map<string, Value>();
      for (const { shape, at } of tables.filter((each) => each.shape.population === population)) {
        const total = totals.get(shape.period) ?? this.unknown(0);
        totals.set(shape.period, total);
        this.equal(
          [total],
          shape.rows.flatMap((row) => shape.columns.map((column) => at(row, column))),
        );
      }
      for (const [year, total] of totals) {
        const quarters = [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`);
        const published = quarters.flatMap((period) => totals.get(period) ?? []);
        if (published.length === 0) continue;
        const rest = published.length < 4 ? [this.derived(`${population} left of ${year}`, false)] : [];
        this.equal([total], [...published, ...rest]);
      }
    }
  }
}

function isWhole(model: Model): boolean {
  return model.getSolution().colValue.every((value) => Math.abs(value - Math.round(value)) < 1e-6);
}
