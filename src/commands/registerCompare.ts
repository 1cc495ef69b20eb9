import './utc';
import { compare, type Compared } from '../register/comparison';
import { differences, type Difference } from '../register/differences';
import { eachSecond } from '../releases/eachSecond';
import { Closing } from './closing';
import { casesInWords, fetchKeys, openForRegister, paceOf } from './openForRegister';
import { endFailed, optionsIn } from './releaseOptions';
import { reportFailure } from './reportFailure';
import { stopSignal } from './stopSignal';
import { tellProgress } from './tellProgress';

const options = {
  mend: { type: 'boolean', default: false },
  'per-second': { type: 'string', default: '20' },
  verbose: { type: 'boolean', default: false },
} as const;
const usage = 'npm run register:compare -- [--mend] [--per-second N] [--verbose]';

/** `npm run register:compare`: holds all of the register against the cases. Exit code 1: some differ, and still do where it mends. */
async function compareRegister(args: readonly string[], stopping: AbortSignal): Promise<void> {
  const { mend, 'per-second': perSecond, verbose } = optionsIn(args, options, usage);
  const pace = paceOf(perSecond, usage, stopping);
  const closing = new Closing();
  try {
    const opened = await openForRegister({ name: 'register:compare', verbose }, closing, stopping);
    await fetchKeys(opened, await opened.table.references());
    const looked = eachSecond(tellProgress, (number) => `${casesInWords(number)} compared`);
    const compared = await compare({ ...opened, pace, mend, looked });
    process.stdout.write(linesOf(compared, { mend, verbose }));
    if (compared.left > 0) process.exitCode = 1;
  } finally {
    for (const failure of await closing.now()) reportFailure(failure);
  }
}

function linesOf({ cases, found, differing, left }: Compared, { mend, verbose }: { readonly mend: boolean; readonly verbose: boolean }) {
  const kinds = Object.keys(differences) as Difference[];
  const lines = kinds.flatMap((kind) => {
    const references = found.get(kind) ?? [];
    if (references.length === 0) return [];
    return [
      `  ${references.length.toLocaleString('en')} ${differences[kind]}`,
      ...(verbose ? references.map((each) => `    ${each}`) : []),
    ];
  });
  const mended = mend && differing > 0 ? [`mended, and ${left.toLocaleString('en')} differ still`] : [];
  return [`${casesInWords(cases)}, ${differing.toLocaleString('en')} differ`, ...lines, ...mended, ''].join('\n');
}

const stopping = stopSignal({ withParent: false });
compareRegister(process.argv.slice(2), stopping).catch((error: unknown) =>
  endFailed(error, stopping, 'stopped between two cases; the result of the last comparison stands'),
);
