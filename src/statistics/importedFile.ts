/* The file of nationalities that others published: year, rank, nationality, count, and where it says so its source. */

import { ranked, type ImportedNationality } from './nationalities';

/** The source of rows whose file names none. */
export const unnamedSource = 'presentation';

const header = 'year,rank,nationality,count';

/** The rows of a file, or every fault in it with its line. */
export function readImported(
  text: string,
  knownNationalities: readonly string[],
): { readonly rows: readonly ImportedNationality[]; readonly faults: readonly string[] } {
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (first !== header && first !== `${header},source`) return { rows: [], faults: [`line 1: is not "${header}" or "${header},source"`] };
  const read = lines.flatMap((line, place) =>
    line.trim() === '' ? [] : [readLine(line, place + 2, first.split(',').length, knownNationalities)],
  );
  const rows = read.flatMap(({ row }) => row ?? []);
  const faults = read.flatMap((each) => each.faults.map((fault) => `line ${each.number}: ${fault}`));
  if (read.length === 0) return { rows, faults: ['the file has no rows'] };
  return { rows, faults: faults.length > 0 ? faults : faultsBetween(rows) };
}

interface ReadLine {
  readonly number: number;
  readonly row?: ImportedNationality;
  readonly faults: readonly string[];
}

function readLine(line: string, number: number, fields: number, known: readonly string[]): ReadLine {
  const parts = line.split(',').map((part) => part.trim());
  if (parts.length !== fields) return { number, faults: [`has ${parts.length} fields, and not ${fields}`] };
  const [year = '', rank = '', nationality = '', count = '', source = unnamedSource] = parts;
  const faults = [
    ...(/^(19|20|21)\d\d$/.test(year) ? [] : ['the year is no year']),
    ...(/^[1-9]\d{0,2}$/.test(rank) ? [] : ['the rank is no number from 1 on']),
    ...(known.includes(nationality) ? [] : ['the nationality is no country of ISO 3166-1, XX or ZZ']),
    ...(/^[1-9]\d{0,8}$/.test(count) ? [] : ['the count is no number from 1 on']),
    ...(source === '' ? ['the source is empty'] : []),
  ];
  return faults.length > 0
    ? { number, faults }
    : { number, row: { year: Number(year), rank: Number(rank), nationality, count: Number(count), source }, faults };
}

/** Faults of rows that are well formed each: a nationality that comes twice in a year, and a rank that its count does not have. */
function faultsBetween(rows: readonly ImportedNationality[]): readonly string[] {
  const years = [...new Set(rows.map(({ year }) => year))];
  return years.flatMap((year) => {
    const ofYear = rows.filter((row) => row.year === year);
    const twice = ofYear.filter((row, place) => ofYear.findIndex(({ nationality }) => nationality === row.nationality) < place);
    const ranks = new Map(ranked(ofYear).map(({ rank, count }) => [count, rank]));
    const misplaced = ofYear.filter(({ rank, count }) => ranks.get(count) !== rank);
    return [
      ...twice.map(({ nationality }) => `${year}: ${nationality} comes twice`),
      ...misplaced.map(
        ({ nationality, rank, count }) => `${year}: ${nationality} with ${count} has the rank ${ranks.get(count)}, and not ${rank}`,
      ),
    ];
  });
}
