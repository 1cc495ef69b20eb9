import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { protect, type CountTable, type Frozen, type ProtectedTable } from '../../src/statistics/protection/protect';
import { isWithheld } from '../../src/statistics/protection/tables';
import { faultsAfterEach } from './support/publishing';
import { stories } from './support/someTables';

interface Check {
  readonly cases: number;
  readonly seed: number;
}

/**
 * `npm run check-protection -- --cases 1000 --seed 7`: protects so many random tables of each kind, of a year and its quarters in any order.
 * It lists the hidden numbers that the audit could reckon, with the figures of docs/decisions/0034, and exits with 1 if there is one.
 */
async function check({ cases, seed }: Check): Promise<void> {
  let faulty = 0;
  for (const [kind, story] of Object.entries(stories)) {
    const times: number[] = [];
    const tables: (readonly [CountTable, ProtectedTable])[] = [];
    for (const [number, told] of fc.sample(story, { numRuns: cases, seed }).entries()) {
      const frozen = await publishedIn(told, times);
      const faults = await faultsAfterEach(frozen.map(({ shown }) => shown));
      if (faults.length > 0) faulty += 1;
      for (const fault of faults) process.stdout.write(`${kind}, number ${number} of seed ${seed}: ${fault}\n`);
      tables.push(...frozen.map(({ exact, shown }) => [exact, shown] as const));
    }
    process.stdout.write(`${kind}: ${figuresOf(tables, times)}\n`);
  }
  process.stdout.write(`${faulty} with a fault\n`);
  process.exitCode = faulty === 0 ? 0 : 1;
}

async function publishedIn(tables: readonly CountTable[], times: number[]): Promise<readonly Frozen[]> {
  const frozen: Frozen[] = [];
  for (const exact of tables) {
    const begun = performance.now();
    frozen.push({ exact, shown: await protect(exact, frozen) });
    times.push(performance.now() - begun);
  }
  return frozen;
}

function figuresOf(tables: readonly (readonly [CountTable, ProtectedTable])[], times: readonly number[]): string {
  const shown = tables.filter(([, each]) => !isWithheld(each));
  const counts = shown.flatMap(([exact]) => exact.counts.flat().map((count) => ({ count, outcomes: exact.outcomes })));
  const small = counts.filter(({ count, outcomes }) => count <= 10 && (count > 0 || outcomes)).length;
  const hidden = shown.flatMap(([, { counts: rows }]) => rows.flat()).filter((count) => count === null).length;
  const sorted = times.toSorted((one, other) => one - other);
  return [
    `${tables.length} tables, ${tables.length - shown.length} withheld`,
    `${counts.length} counts, ${small} small, ${hidden - small} more hidden`,
    `median ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms, at most ${Math.round(sorted.at(-1) ?? 0)} ms`,
  ].join('; ');
}

const { values } = parseArgs({ options: { cases: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } } });

function wholeNumber(option: 'cases' | 'seed'): number {
  const number = Number(values[option]);
  if (Number.isInteger(number) && number > 0) return number;
  process.stderr.write(`--${option}: a whole number above nought\n`);
  process.exit(2);
}

check({ cases: wholeNumber('cases'), seed: wholeNumber('seed') }).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
