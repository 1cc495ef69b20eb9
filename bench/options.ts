import { parseArgs } from 'node:util';
import { UserFacingError } from '../src/errors/userFacingError';

export interface Options {
  readonly json: boolean;
  readonly cases: number;
  /** The address of an existing server. Without it the benchmark starts one with a database file. */
  readonly server: string | undefined;
  readonly namespace: string;
  /** Only these figures; all by default. */
  readonly only: readonly string[] | undefined;
  /** The directory in which each of our processes writes its CPU profile when it ends. */
  readonly profile: string | undefined;
}

/** The command line asks for something impossible. The message is one sentence. */
export class BadOption extends UserFacingError {
  override readonly name = 'ConfigError';
}

/** Reads the command line; `figures` are the names that `--only` may choose from. */
export function optionsFrom(args: readonly string[], figures: readonly string[]): Options {
  const { json, cases, server, namespace, only, profile } = parsed(args);
  const count = Number(cases);
  if (!Number.isInteger(count) || count < 1) throw new BadOption(`--cases ${cases}: a whole number, 1 or more`);
  const chosen = only?.split(',');
  const unknown = chosen?.find((each) => !figures.includes(each));
  if (unknown !== undefined) throw new BadOption(`--only ${unknown}: one or more of ${figures.join(',')}`);
  return { json, cases: count, server, namespace, only: chosen, profile };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        cases: { type: 'string', default: '200' },
        server: { type: 'string' },
        namespace: { type: 'string', default: 'default' },
        only: { type: 'string' },
        profile: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new BadOption((error as Error).message);
  }
}
