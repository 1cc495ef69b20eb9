import { keyedHashOf } from '../privacy/keyedHash';
import type { AskedCases } from '../register/asked';
import type { Register } from '../register/register';
import type { RegisterTable } from '../store/register';
import { openCases } from './askedCases';
import type { Closing } from './closing';
import { namesOfARun } from './namesOfARun';
import { openTrail } from './openAudit';
import { openKeys, type OpenedKeys } from './openKeys';
import { openReadyStore } from './openReadyStore';
import { openRegisterIn } from './openRegister';
import { placeOfRegister } from './placeOfRegister';
import { WrongOptions } from './releaseOptions';

/** The cases that are under way at the same time; ours. */
const atOnce = 8;
/** The keys that are fetched in one question; ours. */
const keysAtOnce = 500;

interface Run {
  /** The name of the command, which its line in the audit has. */
  readonly name: 'register:rebuild' | 'register:compare';
  /** Leaves a line for each case too. */
  readonly verbose: boolean;
}

/** All that the commands of the register need. */
export interface OpenedForRegister {
  readonly table: RegisterTable;
  readonly register: Register;
  readonly cases: AskedCases;
  readonly keys: OpenedKeys['seals']['keys'];
  readonly hash: ReturnType<typeof keyedHashOf>;
}

/** Opens the register and the cases, and leaves the line of this run: without it nothing is read. */
export async function openForRegister({ name, verbose }: Run, closing: Closing, stopping: AbortSignal): Promise<OpenedForRegister> {
  const config = placeOfRegister();
  const store = await openReadyStore(config.database, closing);
  const { seals } = await openKeys({ ...config, store }, config.keys);
  const cases = await openCases({ ...config, seals, identity: name }, closing, stopping);
  const { keys, systemKey } = seals;
  const hash = keyedHashOf(systemKey);
  const asked = { did: name, who: 'register', purpose: 'security', outcome: 'asked' } as const;
  const line = { ...asked, ...namesOfARun() };
  const { write } = openTrail(store, hash);
  await write(line, { durable: true });
  const noted = async (reference: string) => (verbose ? write({ ...line, reference }, { durable: true }) : undefined);
  const register = openRegisterIn(store, seals);
  return {
    ...{ table: store.register, keys, hash },
    register: { ...register, read: async (reference) => (await noted(reference), register.read(reference)) },
    cases: { ...cases, ask: async (reference) => (await noted(reference), cases.ask(reference)) },
  };
}

/** Fetches the keys of many cases before they are needed one by one. */
export async function fetchKeys({ keys }: Pick<OpenedForRegister, 'keys'>, references: readonly string[]): Promise<void> {
  for (let from = 0; from < references.length; from += keysAtOnce) await keys.prefetch(references.slice(from, from + keysAtOnce));
}

/** The pace of a run; throws `WrongOptions` if `--per-second` is no number. */
export function paceOf(perSecond: string | undefined, usage: string, stopping: AbortSignal) {
  if (perSecond !== undefined && !/^[1-9]\d{0,3}$/.test(perSecond)) throw new WrongOptions(usage);
  return { atOnce, perSecond: perSecond === undefined ? undefined : Number(perSecond), stopping };
}

/** A number of cases as people read it: `10,000 cases`. */
export function casesInWords(number: number): string {
  return `${number.toLocaleString('en')} ${number === 1 ? 'case' : 'cases'}`;
}
