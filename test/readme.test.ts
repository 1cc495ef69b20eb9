import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { welcome } from '../src/commands/welcome';
import { embeddedConfig } from '../src/settings/environment';
import { installations, start, type Settings } from './end-to-end/service';

const root = join(__dirname, '..');
const readme = read('README.md');

/** What answers the README's question: a line of the file that it names. */
const answers: readonly (readonly [file: string, answer: string])[] = [
  ['src/domain/rules/stages.ts', "reflectionStarted: 'reflection'"],
  ['src/domain/rules/reflection.ts', "toldBy: ['police', 'prosecution']"],
  ['src/domain/rules/intake.ts', 'eligibilityDecided: {'],
  ['src/domain/rules/decision.ts', 'routeDecided: {'],
  ['src/domain/rules/permit.ts', 'objectionFiled: {'],
  ['src/domain/rules/aftercare.ts', 'followUpHeld: {'],
  ['src/domain/rules/criminalCase.ts', 'caseDismissed: {'],
  ['src/domain/rules/everyStage.ts', 'closed: {'],
  ['src/domain/rules/corrected.ts', 'corrected: {'],
  ['src/domain/facts/catalogue.ts', 'cooperated: { form: cooperationForms }'],
  ['src/domain/case/caseFile.ts', "new Refusal('role-not-allowed')"],
  ['src/domain/case/decide.ts', "new Refusal('date-before-start')"],
  ['src/domain/policy/editions/nl-2015-10.ts', "length: 'P3M'"],
  ['src/domain/policy/editions/nl-2015-10.ts', "maximum: 'P1Y'"],
  ['src/domain/policy/editions/nl-2015-10.ts', "digestAt: '09:00'"],
  ['src/domain/policy/editions/nl-2015-10.ts', "tryEvery: 'PT15M'"],
  ['src/domain/policy/editions/nl-2015-10.ts', "alarmToDeputyAfter: 'PT1H'"],
  ['src/domain/policy/editions/nl-2015-10.ts', "'threatStatementIssued'"],
  ['src/domain/policy/editions/nl-2015-10.ts', 'task: { soon: [1], due: [0], overdue: [1, 3, 7]'],
  ['src/domain/policy/editions/nl-2023-05.ts', "dublin: 'P30D'"],
  ['src/domain/policy/editions/index.ts', 'editions: readonly Edition[]'],
  ['src/domain/policy/editions/nl-2015-10.tasks.ts', "due: { after: 'P14D' }, owner: 'careCoordinator', lapsesOn:"],
  ['src/domain/policy/editions/nl-2015-10.deadlines.ts', "{ before: 'P42D', to: ['caseworker'] }"],
  ['src/domain/policy/editions/nl-2015-10.deadlines.ts', "riskAssessmentValid = 'P30D'"],
  ['src/domain/notifications/reminderDays.ts', "step: 'escalated' as const, to: ['supervisor' as const]"],
  ['src/domain/views/certificate.ts', 'function dateFrom'],
  ['src/domain/views/preview.ts', 'function* preview'],
  ['src/domain/notifications/alarms.ts', 'function alarmsOf'],
  ['src/domain/notifications/agenda.ts', 'nextMoment = rememberedUntilItComes('],
  ['src/domain/notifications/mailText.ts', "['nieuwe actie', 'nieuwe acties']"],
  ['src/activities/directory.ts', '[deputyOf(passed[0] ?? to), desk, supervisor, operations]'],
  ['src/domain/notifications/delivery.ts', 'function fallsTo'],
  ['src/domain/notifications/dueLetters.ts', 'function dueLetters'],
  ['src/domain/plan/gates.ts', "'medicalFitnessConfirmed',"],
  ['src/domain/rules/safeReturn.ts', 'departureDeclared: {'],
  ['src/domain/case/corrections.ts', "'later-fact-depends'"],
  ['src/activities/noticeEvent.ts', 'data: { reference, kind, date: on, link:'],
  ['src/activities/webhook.ts', 'forGood: readonly number[] = [400, 410, 413, 415, 422]'],
  ['src/domain/rules/referral.ts', "kind: 'return-referral'"],
  ['src/domain/case/evolve.ts', "end: 'expired'"],
  ['src/domain/basics/calendar.ts', "'Europe/Amsterdam'"],
  ['src/domain/basics/roles.ts', 'function maySee'],
  ['src/domain/basics/roles.ts', 'openers = ['],
  ['src/domain/basics/roles.ts', 'nationalRoles = ['],
  ['src/domain/basics/roles.ts', 'teamFromTheStart = ['],
  ['src/api/routes/previews.ts', "furthest = 'P5Y'"],
  ['src/domain/policy/editions/nl-2015-10.ts', "chaseEvery: 'P7D'"],
  ['src/domain/policy/editions/nl-2015-10.ts', "overdue: [1], thenEvery: 'P7D'"],
  ['src/domain/notifications/noticeReminders.ts', 'function remindersOfNotices'],
  ['src/activities/webhook.ts', 'patienceMs = 30_000'],
  ['src/api/workersHeard.ts', 'silenceMs = 150_000'],
  ['src/api/board.ts', 'pageSize = 50'],
  ['src/embedded/temporal.ts', "retention = '3650 days'"],
  ['deploy/temporal-namespace.sh', 'retention=3650d'],
  ['src/domain/views/intake.ts', 'function isOfTheTeam'],
  ['src/domain/case/signals.ts', "answer === 'declines'"],
  ['src/domain/case/bounds.ts', 'const facts = { most: 500, more: 50 }'],
  ['src/domain/facts/wellFormed.ts', 'export const codeShape'],
  ['src/workflows/pathway.ts', 'export async function pathway'],
  ['src/workflows/run.ts', 'async newsOrTheNextMoment'],
  ['src/workflows/handlers.ts', 'messages.recordFact'],
  ['src/workflows/messages.ts', "defineSearchAttributeKey('Stage'"],
  ['src/workflows/stubs.ts', 'startToCloseTimeout'],
  ['src/workflows/clock.ts', 'SETTLED_AFTER_MS = 10_000'],
  ['src/commands/workers.ts', "stickyQueueScheduleToStartTimeout: '2s'"],
  ['src/workflows/view.ts', 'setCurrentDetails('],
  ['src/domain/views/caseList.ts', 'nextDate: '],
  ['src/domain/policy/editions/nl-2015-10.ts', "perhaps: { tryAfter: 'PT4H', sends: 3 }"],
  ['src/activities/patience.ts', 'greeting: 5 * minute'],
  ['src/activities/mailRefusal.ts', 'function isTheMailboxs'],
  ['src/activities/mailServer.ts', 'function isLoopback'],
  ['src/embedded/demo/staff.json', '"dutyDesk": "duty-amsterdam@example.org"'],
  ['src/api/route.ts', 'const idempotencyKey'],
  ['src/api/body.ts', 'mostBytes = 100 * 1024'],
  ['src/api/httpServer.ts', 'requestTimeout: 60_000'],
  ['src/api/calendarFile.ts', 'function wholeDay'],
  ['src/api/ruleProblems.ts', "'unknown-task': againstTheRules("],
  ['src/api/schemas.ts', 'factShape'],
  ['src/api/refusals.ts', 'function sentenceOf'],
  ['src/api/app.ts', 'patienceMs = 10_000'],
  ['src/api/identity.ts', "algorithms: ['RS256', 'ES256']"],
  ['src/api/identity.ts', 'clocksApartSeconds = 30'],
  ['src/commands/requireKey.ts', 'triedOn = 200'],
  ['src/embedded/door.ts', "ourNames = ['localhost', '127.0.0.1', '[::1]']"],
  ['src/api/problems.ts', "'case-blocked': {"],
  ['src/api/engine.ts', 'function isPassing'],
  ['src/api/retries.ts', 'firstWaitMs = 60'],
  ['src/api/sameTime.ts', 'paceMs = 200'],
  ['src/api/readiness.ts', 'clocksApartMs = 60_000'],
  ['src/domain/notifications/watch.ts', 'function looked'],
  ['src/activities/watchCases.ts', 'everyMs = 60_000'],
  ['src/commands/standingStill.ts', 'TemporalReportedProblems IS NOT NULL'],
  ['src/api/references.ts', 'function referenceFrom'],
  ['src/api/idempotency.ts', 'function requestKey'],
  ['src/privacy/codec.ts', 'aes-256-gcm'],
  ['src/settings/environment.ts', 'API_PORT: port(3000)'],
  ['.env.example', '#API_PORT=3000'],
];

describe('the documents', () => {
  it.each(['README.md', 'CHANGELOG.md', ...filesIn('docs', '.md')])('%s names only files that are there', (document) => {
    const links = linksIn(read(document)).filter((link) => !/^[a-z]+:/.test(link));
    expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });

  it('name only commands that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [readme, read('docs/operations.md')].flatMap((text) =>
      [...text.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, name = '']) => name),
    );
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('link to the Temporal UI as the banner does: each open case once', () => {
    const [, link = ''] = /<(http:\/\/localhost:8233[^>]*)>/.exec(readme) ?? [];
    expect(welcome(embeddedConfig({}))).toContain(`${link}\n`);
    expect(decodeURIComponent(link)).toContain('WorkflowType="pathway" AND ExecutionStatus="Running"');
  });

  it('name every variable that the service reads', () => {
    const variables = [...read('.env.example').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect(variables).not.toEqual([]);
    expect(variables.filter((name) => !read('docs/operations.md').includes(`\`${name}\``))).toEqual([]);
  });

  it('show no picture that is heavy to load', () => {
    const pictures = readdirSync(join(root, 'docs/pictures'));
    expect(pictures.filter((name) => readFileSync(join(root, 'docs/pictures', name)).length > 120_000)).toEqual([]);
  });
});

describe('the table "Where is the rule?"', () => {
  it.each(answers)('%s holds its answer', (file, answer) => {
    expect(read(file)).toContain(answer);
  });

  it('names no file whose answer was not looked up', () => {
    const table = readme.slice(readme.indexOf('## Where is the rule?'), readme.indexOf('The policy in prose'));
    const known = answers.map(([file]) => file);
    expect(linksIn(table).filter((link) => !known.some((file) => file.startsWith(link)))).toEqual([]);
  });
});

describe('the picture of the imports', () => {
  it('shows every folder that imports another, and no arrow more', () => {
    expect(arrowsOf(readme).sort()).toEqual(importsBetweenFolders().sort());
  });
});

describe('the requests of the README', () => {
  it('open a case, tell a fact, read, are refused, tell the story in Dutch, and preview another as a calendar, as printed', async () => {
    await begin(start(settings)).ready();
    const said = async (beginning: string) => {
      const lines = block('sh', beginning).replaceAll('localhost:3000', `localhost:${settings.API_PORT}`);
      return (await promisify(execFile)('sh', ['-c', lines], { cwd: root, env: { ...process.env, ...settings } })).stdout;
    };

    const [reference = '', ...answered] = (await said('REFERENCE=')).trim().split('\n');
    expect(reference).toMatch(/^BT(-[0-9A-Z]{4}){3}-[0-9A-Z]$/);
    const [told, pathway, refusal, timeline] = answered.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told).toMatchObject({ reference, stage: 'reflection' });
    expect(pathway).toMatchObject({ reference, stage: 'reflection' });
    expect(refusal).toMatchObject({ status: 409, code: 'fact-not-possible', missing: expect.arrayContaining(['rvb-form']) });
    expect(timeline).toMatchObject({ items: [{ type: 'reflectionStarted', sentence: 'Bedenktijd ingegaan.' }] });
    expect(await said("curl -sSw '\\n' http://localhost:3000/v1/pathway-previews")).toMatch(/^BEGIN:VCALENDAR[\s\S]*SUMMARY/);
  });

  let settings: Settings;
  const { begin } = installations((made) => ({ settings } = made));
});

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, link = '']) => link);
}

/** The block of code that begins so. */
function block(language: string, beginning: string): string {
  const from = readme.indexOf(`\`\`\`${language}\n${beginning}`);
  return readme.slice(readme.indexOf('\n', from), readme.indexOf('```', from + 3));
}

/** `a --> b & c` is two arrows. */
function arrowsOf(text: string): string[] {
  return [...text.matchAll(/^ {2}(\w+) -->(?:\|[^|]+\|)? (.+)$/gm)].flatMap(([, from = '', to = '']) =>
    to.split(' & ').map((each) => `${from} --> ${each}`),
  );
}

/** Between the folders of src; files beside them, such as config.ts, are no part of the picture. */
function importsBetweenFolders(): string[] {
  const arrows = filesIn('src', '.ts').flatMap((file) =>
    [...read(file).matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, path = '']) => {
      const [from, to] = [file, join(dirname(file), path)].map((each) => relative('src', each).split('/'));
      return from?.[1] === undefined || from[0] === to?.[0] ? '' : `${from[0]} --> ${to?.[0] ?? ''}`;
    }),
  );
  return [...new Set(arrows)].filter((arrow) => existsSync(join(root, 'src', arrow.split(' --> ')[1] || '-')));
}
