import './utc';
import { instantOf } from '../domain/basics/calendar';
import { UserFacingError } from '../errors/userFacingError';
import { fromCases, fromFacts } from '../register/rebuild';
import { eachSecond } from '../releases/eachSecond';
import { Closing } from './closing';
import { casesInWords, fetchKeys, openForRegister, paceOf } from './openForRegister';
import { endFailed, optionsIn } from './releaseOptions';
import { reportFailure } from './reportFailure';
import { stopSignal } from './stopSignal';
import { tellProgress } from './tellProgress';

const options = { 'from-cases': { type: 'boolean' }, 'per-second': { type: 'string' }, verbose: { type: 'boolean' } } as const;
const usage = 'npm run register:rebuild -- [--from-cases] [--per-second N] [--verbose]';

/** The cases that are asked in a second; ours. A worker on two cores takes 20 ms of CPU for each. Facts in the register need no worker. */
const usuallyAsked = '50';

/** Some cases are not in the register as they should be. */
class Unread extends UserFacingError {
  override readonly name = 'Unread';
}

/** `npm run register:rebuild`: makes all rows anew, while the cases go on. It may run again, and be stopped. */
async function rebuild(args: readonly string[], stopping: AbortSignal): Promise<void> {
  const { 'from-cases': asksCases = false, 'per-second': perSecond, verbose = false } = optionsIn(args, options, usage);
  const pace = paceOf(perSecond ?? (asksCases ? usuallyAsked : undefined), usage, stopping);
  const closing = new Closing();
  try {
    const opened = await openForRegister({ name: 'register:rebuild', verbose }, closing, stopping);
    const references = await (asksCases ? opened.cases.all() : opened.table.references());
    await fetchKeys(opened, references);
    const done = eachSecond(tellProgress, (number) => `${number} of ${casesInWords(references.length)}`);
    const { written, unread } = await (asksCases ? fromCases : fromFacts)({
      ...opened,
      references,
      pace,
      clock: () => instantOf(Date.now()),
      done,
    });
    process.stdout.write(`${casesInWords(written)} written anew\n${verbose ? unread.map((each) => `${each}\n`).join('') : ''}`);
    if (unread.length > 0) throw new Unread(asksCases ? silentWords(unread.length) : damagedWords(unread.length));
  } finally {
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

function silentWords(number: number): string {
  return `${casesInWords(number)} gave no answer, so the register is not filled: docs/operations.md, "A case that is blocked", then again`;
}

function damagedWords(number: number): string {
  return `${casesInWords(number)} cannot be read in the register: npm run register:compare -- --mend asks them`;
}

const stopping = stopSignal({ withParent: false });
rebuild(process.argv.slice(2), stopping).catch((error: unknown) =>
  endFailed(error, stopping, 'stopped between two cases; the same command begins anew and does no harm'),
);
