import type { CaseFile } from '../../src/domain/case/caseFile';
import type { Ground } from '../ground';
import { filledOnPglite, filledOnPostgres, withOffices, type FilledPostgres, type FilledRegister } from '../lists/filledRegister';
import { inventedCases } from '../lists/invented';
import { pagesOf, questionsTo, type Question } from '../lists/questions';
import { atOnce, eachOf, median, millisecondsOf, percentile } from '../measuring';
import type { PostgresServer } from '../processes/postgres';
import type { Row, Target } from '../row';
import { say } from '../say';

/** So many different cases stand in the lists, each as often as it takes, under other references and at other seats. */
const different = 240;
/** Targets hold for so many cases; with fewer the figures are told alone. */
const casesOfTargets = 10_000;
/** The page of a list with so many times the cases is held against that of a list with as many times fewer. */
const times = 10;
/** PGlite has one session for everybody. */
const atOnceOnPglite = 5;
/** The most requests of a round, after some that wake the process. Within a round each question has its turn. */
const mostRequests = 100;
const waking = 10;
const rounds = 5;

/** Measures lists over HTTP in a register of invented cases, and `register:rebuild`. No other side has a list. */
export async function lists({ cases, setting, postgres }: Ground): Promise<Row[]> {
  say(`making ${Math.min(cases, different)} different cases`);
  const files = inventedCases(Math.min(cases, different), setting.staff);
  const around = await withOffices(setting, cases);
  const rows = postgres === undefined ? [] : await onPostgres(around, postgres, { files, cases });
  if (postgres === undefined) say('this machine has no PostgreSQL, so lists are measured on PGlite alone');
  const embedded = await filledOnPglite(around, { files, cases });
  say('asking PGlite');
  return [...rows, ...(await latenciesOf(await questionsTo(embedded), { on: 'PGlite', most: atOnceOnPglite, cases, p95: [] }))];
}

interface Wanted {
  readonly files: readonly CaseFile[];
  readonly cases: number;
}

async function onPostgres(setting: Ground['setting'], server: PostgresServer, { files, cases }: Wanted): Promise<Row[]> {
  const filled = await filledOnPostgres(setting, server, 'many', { files, cases });
  const few = await filledOnPostgres(setting, server, 'few', { files, cases: Math.ceil(cases / times) });
  const isAsked = cases >= casesOfTargets;
  say('asking PostgreSQL');
  const asked = await latenciesOf(await questionsTo(filled), {
    on: server.version,
    most: atOnce,
    cases,
    p95: isAsked ? [{ atMost: 100 }] : [],
  });
  return [...asked, await rebuilt(filled, isAsked), ...(await growth(few, await filled.grownBy(times), isAsked))];
}

async function rebuilt({ cases, rebuild }: FilledPostgres, isAsked: boolean): Promise<Row> {
  say('making the register anew');
  const ours = (await millisecondsOf(rebuild)) / 1000;
  return { figure: `rebuild of ${cases} from facts`, unit: 's', values: { ours }, targets: isAsked ? [{ atMost: 40 }] : [] };
}

/** The pages of a large list against those of a small one, in turn. */
async function growth(few: FilledRegister, many: FilledRegister, isAsked: boolean): Promise<Row[]> {
  say('asking for pages of a large and of a small register');
  const [small, large] = [await pagesOf(few), await pagesOf(many)];
  const taken = await inTurn([...small, ...large], { most: atOnce, cases: few.cases });
  return large.flatMap((question, place) => {
    const ratio = (share: number) => percentileOf(taken.get(question), share) / percentileOf(taken.get(small[place] ?? question), share);
    const row = (share: number) => ({
      figure: `${question.name}, at ${many.cases} cases and at ${few.cases}, p${share * 100}`,
      unit: 'times',
      values: { ours: ratio(share) },
    });
    return [row(0.5), { ...row(0.95), targets: isAsked ? [{ atMost: 1.5 }] : [] }];
  });
}

/** The number of requests under way at once, and the cases that are asked about. */
interface Turns {
  readonly most: number;
  readonly cases: number;
}

interface Asking extends Turns {
  readonly on: string;
  readonly p95: readonly Target[];
}

async function latenciesOf(questions: readonly Question[], { on, most, cases, p95 }: Asking): Promise<Row[]> {
  const taken = await inTurn(questions, { most, cases });
  return questions.flatMap((question) => {
    const row = (share: number) => ({
      figure: `${question.name}, ${on}, ${most} at a time, p${share * 100}`,
      unit: 'ms',
      values: { ours: percentileOf(taken.get(question), share) },
    });
    return [row(0.5), { ...row(0.95), targets: p95 }];
  });
}

/** The milliseconds of each request to each question, by round. */
async function inTurn(
  questions: readonly Question[],
  { most, cases }: Turns,
): Promise<ReadonlyMap<Question, readonly (readonly number[])[]>> {
  await eachOf(questions, most, answersSomething);
  const taken = new Map(questions.map((question) => [question, new Array<readonly number[]>()]));
  for (let round = 0; round < rounds; round += 1)
    for (const [question, all] of taken) {
      await askedOften(question, Math.min(waking, cases), most);
      all.push(await askedOften(question, Math.min(mostRequests, cases), most));
    }
  return taken;
}

/** An empty answer would be quick, and say nothing. */
async function answersSomething({ name, asked: [first] }: Question): Promise<void> {
  const answer = (await first?.()) as Readonly<Record<string, unknown>>;
  if (Object.values(answer).every((part) => !Array.isArray(part) || part.length === 0)) throw new Error(`nothing was found: ${name}`);
}

function askedOften({ asked }: Question, often: number, most: number): Promise<number[]> {
  const all = Array.from({ length: often }, (_, nth) => asked[nth % asked.length]);
  return eachOf(all, most, (ask) => millisecondsOf(async () => ask?.()));
}

function percentileOf(taken: readonly (readonly number[])[] = [], share: number): number {
  return median(taken.map((round) => percentile(round, share)));
}
