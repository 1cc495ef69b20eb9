import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { settingsFor, start, token } from '../end-to-end/service';
import { tableOfRights } from '../support/tableOfRights';

/** The requests of each column of docs/rights.md. */
const requestsOf: Readonly<Record<string, readonly (readonly [method: string, path: string])[]>> = {
  open: [['POST', '/pathways']],
  list: [
    ['GET', '/pathways'],
    ['GET', '/changes'],
  ],
  read: [
    ['GET', '/pathways/{reference}'],
    ['GET', '/pathways/{reference}/facts'],
    ['GET', '/pathways/{reference}/deadlines/{deadline}'],
  ],
  tell: [['POST', '/pathways/{reference}/facts']],
  'intake data': [['GET', '/pathways/{reference}/intake']],
  tasks: [['GET', '/tasks']],
  board: [['GET', '/boards/supervisor']],
  forecast: [['GET', '/forecast']],
  outages: [['GET', '/outages']],
  'late moments': [['GET', '/outages/{outage}']],
  'access log': [['GET', '/pathways/{reference}/access-log']],
};

type Reach = 'office' | 'open cases' | 'all' | 'none';

/** Somebody of each role, and the cases that they reach: of three, one is of Amsterdam, one of Rotterdam, and one there hidden from the police. */
const callers: readonly (readonly [role: string, staffId: string, reach: Reach])[] = [
  ['caseworker', 'caseworker-1', 'office'],
  ['careCoordinator', 'care-coordinator-1', 'office'],
  ['police', 'police-1', 'office'],
  ['returnCounsellor', 'return-counsellor-1', 'office'],
  ['lawyer', 'lawyer-1', 'office'],
  ['supervisor', 'supervisor-1', 'office'],
  ['kmar', 'kmar-1', 'open cases'],
  ['inspectorate', 'inspector-1', 'open cases'],
  ['prosecution', 'prosecution-1', 'open cases'],
  ['ind', 'ind-1', 'all'],
  ['auditor', 'auditor-1', 'all'],
  ['rapporteur', 'rapporteur-1', 'none'],
  ['partner', 'iom-1', 'none'],
];

/**
 * `npm run schemathesis -- --examples 50`: starts the service, and has Schemathesis send requests made from openapi.json with a token of
 * every role. It fails on an answer of 500, an answer outside the description, and an answer that docs/rights.md forbids.
 * Needs `schemathesis` 4 on the PATH: `pip install schemathesis`.
 */
async function fuzz(examples: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'schemathesis-'));
  const settings = { ...(await settingsFor(dataDir)), API_REQUESTS_PER_MINUTE: '1000000' };
  const service = start(settings);
  try {
    await service.ready();
    const address = `http://127.0.0.1:${settings.API_PORT}/v1`;
    const tokenOf = async (staffId: string) => (await token(settings, staffId).ended).stdout.trim();
    const open = openerAt(address, tokenOf);
    const cases = {
      amsterdam: await open('caseworker-1', 'amsterdam', 'police'),
      rotterdam: await open('caseworker-rotterdam-1', 'rotterdam', 'police'),
      hidden: await open('caseworker-rotterdam-1', 'rotterdam', 'shelter'),
    };
    const reaches: Readonly<Record<Reach, readonly string[]>> = {
      office: [cases.amsterdam],
      'open cases': [cases.amsterdam, cases.rotterdam],
      all: Object.values(cases),
      none: [],
    };
    const failed: string[] = [];
    for (const [role, staffId, reach] of callers) {
      const within = reaches[reach];
      process.stdout.write(`== ${role}\n`);
      const code = await schemathesis(address, await tokenOf(staffId), examples, dataDir, {
        WITHIN_REACH: JSON.stringify(within),
        OUT_OF_REACH: JSON.stringify(Object.values(cases).filter((each) => !within.includes(each))),
        NOT_FOR_THIS_ROLE: JSON.stringify(nothingFor(role)),
      });
      if (code !== 0) failed.push(role);
    }
    process.stdout.write(failed.length === 0 ? 'no role found a fault\n' : `faults for ${failed.join(', ')}\n`);
    process.exitCode = failed.length === 0 ? 0 : 1;
  } finally {
    service.child.kill('SIGINT');
    await service.ended;
    await rm(dataDir, { recursive: true, force: true });
  }
}

function openerAt(address: string, tokenOf: (staffId: string) => Promise<string>) {
  const observedOn = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(Date.now());
  return async (staffId: string, office: string, by: string): Promise<string> => {
    const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' };
    const answer = await fetch(`${address}/pathways`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await tokenOf(staffId)}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
      },
      body: JSON.stringify({ indication: { observedOn, by }, office, person }),
    });
    if (answer.status !== 201) throw new Error(`no case was opened: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { reference: string }).reference;
  };
}

async function schemathesis(
  address: string,
  bearer: string,
  examples: string,
  cwd: string,
  environment: Record<string, string>,
): Promise<number | null> {
  const child = spawn(
    'schemathesis',
    [
      ...[
        '--config-file',
        join(__dirname, 'schemathesis.toml'),
        'run',
        `${address}/openapi.json`,
        '--url',
        address,
        '--header',
        `Authorization: Bearer ${bearer}`,
      ],
      ...['--phases', 'examples,fuzzing', '--max-examples', examples, '--continue-on-failure', '--workers', '2', '--no-color'],
      // A valid intake may be refused: its policy edition may be unknown, its office another. A random key meets no earlier request.
      ...['--exclude-checks', 'positive_data_acceptance,ignored_auth,unsupported_method,missing_required_header'],
      ...['--generation-database', 'none', '--warnings', 'off'],
    ],
    {
      // It keeps what it found in the current folder.
      cwd,
      env: {
        ...process.env,
        ...environment,
        SCHEMATHESIS_HOOKS: 'hooks',
        PYTHONPATH: __dirname,
        PYTHONDONTWRITEBYTECODE: '1',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  child.once('error', () => process.stderr.write('schemathesis is not on the PATH: pip install schemathesis\n'));
  const [code] = (await Promise.race([once(child, 'close'), once(child, 'error').then(() => [1])])) as [number | null];
  return code;
}

/** The requests of which a role gets nothing at all. */
function nothingFor(role: string): readonly (readonly [string, string])[] {
  const cells = tableOfRights().filter((cell) => cell.role === role);
  if (cells.length === 0) throw new Error(`docs/rights.md has no row for ${role}`);
  return cells.filter(({ reach }) => /^(-|hidden)/.test(reach)).flatMap(({ right }) => requestsOf[right] ?? []);
}

const { values } = parseArgs({ options: { examples: { type: 'string', default: '50' } } });
fuzz(values.examples).catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exit(1);
});
