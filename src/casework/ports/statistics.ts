import type { Count } from '../../statistics/figures';
import type { ImportedNationality } from '../../statistics/nationalities';
import type { Months } from '../../statistics/periods';
import type { Publication, ShownPublication } from '../../statistics/publication';
import type { TableId } from '../../statistics/tables';

/** What is counted of all registered persons, and what was published of it. Refused as `no-answer` while nobody can tell. */
export interface Statistics {
  /** The numbers of a table. */
  counts(table: TableId, months: Months): Promise<readonly Count[]>;
  /** The nationalities of years before the service, as others published them. */
  nationalities(): Promise<readonly ImportedNationality[]>;
  /** Every publication, the first one in front. */
  publications(): Promise<readonly ShownPublication[]>;
  /** The same with the exact counts, which a new publication is protected with. */
  publicationsWithCounts(): Promise<readonly Publication[]>;
  /** Keeps a publication. False, if somebody else published meanwhile. */
  publish(publication: Publication): Promise<boolean>;
}
