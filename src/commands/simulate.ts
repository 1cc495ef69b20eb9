import '../utc';
import { randomBytes } from 'node:crypto';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../activities';
import { createMailer } from '../activities/mailer';
import { simulationConfig } from '../config';
import { dateOf, instantOf } from '../domain/calendar';
import { classOf } from '../domain/post';
import { registerSearchAttributes } from '../embedded/searchAttributes';
import { findTestServer } from '../embedded/temporalBinaries';
import { loadPartners } from '../partnersFile';
import { dataConverterFor } from '../privacy/dataConverter';
import { inOrder, inWords, type Line } from '../simulation/lines';
import { play } from '../simulation/run';
import { BrokenScenario, readScenario, type Scenario } from '../simulation/scenario';
import { openSink } from '../simulation/sinks';
import { startOf, callerOf } from '../simulation/cast';
import { loadStaff } from '../staffFile';
import { notifyQueue, pathwayQueue } from '../workflows/messages';
import { installRuntime } from './log';
import { reportFailure } from './reportFailure';
import { workflowBundle } from './workflowBundle';

/** `npm run simulate -- [--json] <scenario.json>`: months in seconds, through the real workflow, real mail and the skipping clock. */
async function simulate(args: readonly string[]): Promise<void> {
  const path = args.find((arg) => !arg.startsWith('--'));
  if (path === undefined) throw new BrokenScenario('which scenario? npm run simulate -- [--json] <scenario.json>');
  const config = simulationConfig();
  const staff = loadStaff(config.staffFile);
  const partners = loadPartners(config.partnersFile);
  const scenario = readScenario(path, dateOf(instantOf(Date.now())));
  installRuntime();
  const lines = await run(scenario, { staff, partners, edition: config.policyEdition });
  for (const line of inOrder(lines)) process.stdout.write(`${args.includes('--json') ? JSON.stringify(line) : inWords(line)}\n`);
}

interface Setting {
  readonly staff: ReturnType<typeof loadStaff>;
  readonly partners: ReturnType<typeof loadPartners>;
  readonly edition: string | undefined;
}

async function run(scenario: Scenario, { staff, partners, edition }: Setting): Promise<Line[]> {
  const dataConverter = dataConverterFor(randomBytes(32));
  const [env, mail, partnersMail] = await Promise.all([skippingServer(), openSink(), openSink()]);
  const mailers = [mail, partnersMail].map(({ url }) => createMailer({ smtpUrl: url, from: 'pathways@example.org' }));
  const [mailer, partnersMailer] = mailers;
  if (mailer === undefined || partnersMailer === undefined) throw new Error('no mailers');
  const sent: Line[] = [];
  const seen = new Set<string>();
  const once = (messageId: string, line: Line) => {
    if (!seen.has(messageId)) sent.push(line);
    seen.add(messageId);
  };
  const activities = createActivities({
    mailer,
    partnersMailer,
    staff,
    partners,
    publicUrl: 'http://localhost:3000',
    onSent: ({ letter: { to, items }, subject, messageId, at }) =>
      once(messageId, { at, kind: 'mail', to, class: classOf(items), items: items.map(({ about, step }) => ({ about, step })), subject }),
    onNotified: ({ notice, messageId, at }) => once(messageId, { at, kind: 'notice', partner: notice.partner, notice: notice.kind }),
  });
  const common = { connection: env.nativeConnection, dataConverter };
  const workers = await Promise.all([
    Worker.create({ ...common, taskQueue: pathwayQueue, workflowBundle: await workflowBundle() }),
    Worker.create({ ...common, taskQueue: notifyQueue, activities }),
  ]);
  const client = new Client({ connection: env.connection, dataConverter });
  const clock = {
    now: () => env.currentTimeMs(),
    async sleepUntil(milliseconds: number) {
      const left = milliseconds - (await env.currentTimeMs());
      if (left > 0) await env.sleep(left);
    },
  };
  const playing = play(scenario, {
    client,
    clock,
    mail,
    startOf: (each) => startOf(each, staff, edition),
    callerOf: (id) => callerOf(id, staff),
  });
  try {
    const [cases, acts] = workers;
    const told = await cases.runUntil(acts.runUntil(playing));
    return [...told, ...sent];
  } finally {
    for (const each of mailers) each.close();
    await Promise.all([mail.close(), partnersMail.close(), env.teardown()]);
  }
}

async function skippingServer(): Promise<TestWorkflowEnvironment> {
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: await findTestServer() } },
  });
  await registerSearchAttributes(env.connection, 'default');
  return env;
}

simulate(process.argv.slice(2)).catch((error: unknown) => {
  reportFailure(error);
  if (error instanceof BrokenScenario) process.exitCode = 2;
});
