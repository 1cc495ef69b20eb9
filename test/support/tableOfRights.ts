import type { Role } from '../../src/domain/basics/roles';
import { read } from './documents';

/** A cell of the table in docs/rights.md. */
export interface Cell {
  readonly role: Role;
  /** The heading of its column. */
  readonly right: string;
  readonly reach: string;
}

/** The cells of the table in docs/rights.md: a row may be of several roles. */
export function tableOfRights(): readonly Cell[] {
  const document = read('docs/rights.md');
  const [table = ''] = document.slice(document.indexOf('| Role |')).split('\n\n');
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [[, ...rights] = [], , ...rows] = table.split('\n').map(cells);
  return rows.flatMap(([names = '', ...reaches]) =>
    names.split(', ').flatMap((role) => rights.map((right, place) => ({ role: role as Role, right, reach: reaches[place] ?? '' }))),
  );
}
