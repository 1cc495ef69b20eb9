import { randomBytes } from 'node:crypto';
import { Client } from '@temporalio/client';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { createActivities, localActivities } from '../activities';
import { writtenNowhere } from '../activities/writeRegister';
import { createMailer } from '../activities/mailer';
import { classOf, mostSevereOf } from '../domain/state/outbox';
import type { PartnersFile } from '../settings/partnersFile';
import { dataConverterFor } from '../privacy/dataConverter';
import { derivedKeys, keptNowhere } from '../privacy/derivedKeys';
import type { SystemKey } from '../privacy/key';
import type { StaffFile } from '../settings/staffFile';
import { effectKinds, effects } from '../workflows/effects';
import { caseNames, pathwayQueue } from '../workflows/messages';
import type { Line } from './lines';
import { openNoticeSink, openSink, type Sink } from './sinks';
import { openSkippingServer } from './skippingServer';

/** The real workflow, workers and mail, with a clock that skips: it moves only while somebody sleeps on it. */
export interface World {
  readonly client: Client;
  readonly mail: Sink;
  sleepUntil(milliseconds: number): Promise<void>;
  /** A line for each accepted mail and notice of a case, once per Message-ID or event id. */
  accepted(reference: string): readonly Line[];
  close(): Promise<void>;
}

interface Setting {
  readonly staff: StaffFile;
  readonly partners: PartnersFile;
  readonly workflowBundle: WorkflowBundleOption;
  /** The secret of all keys. Without it a new random one is used, which nobody keeps. */
  readonly key?: SystemKey;
}

export async function openWorld({ staff, partners, workflowBundle, key = randomBytes(32) }: Setting): Promise<World> {
  const seals = { systemKey: key, keys: derivedKeys(key), namespace: 'default', cases: caseNames };
  const [server, mail, partnersMail, webhooks] = await Promise.all([openSkippingServer(), openSink(), openSink(), openNoticeSink()]);
  const [mailer, partnersMailer] = [mailerTo(mail), mailerTo(partnersMail)];
  const { accepted, observers } = recorder();
  const ways = { mailer, partnersMailer, partners: postingTo(webhooks.url, partners) };
  const activities = createActivities({
    ...ways,
    staff,
    keys: keptNowhere,
    register: writtenNowhere,
    publicUrl: 'http://localhost:3000',
    ...observers,
  });
  const common = { connection: server.nativeConnection };
  const workers = await Promise.all([
    Worker.create({
      ...common,
      taskQueue: pathwayQueue,
      workflowBundle,
      dataConverter: dataConverterFor(seals, 'thinking'),
      ...localActivities(activities),
    }),
    ...effectKinds.map((kind) =>
      Worker.create({
        ...common,
        taskQueue: effects[kind].taskQueue,
        activities: activities[kind],
        dataConverter: dataConverterFor(seals, 'acting'),
      }),
    ),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  // `close` reports a worker that failed. Until then the failure must not end the process.
  running.catch(() => undefined);
  return {
    // We do not use the client of the environment: awaiting a result with it moves the clock years ahead.
    client: new Client({ connection: server.connection, dataConverter: dataConverterFor(seals, 'asking') }),
    mail,
    accepted: (reference) => accepted.filter((each) => each.reference === reference).map(({ line }) => line),
    sleepUntil: (milliseconds) => server.sleepUntil(milliseconds),
    async close() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      const failed = await running.then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      mailer.close();
      partnersMailer.close();
      await Promise.all([mail.close(), partnersMail.close(), webhooks.close(), server.close()]);
      if (failed !== undefined) throw failed.error;
    },
  };
}

function mailerTo({ url }: Sink) {
  return createMailer({ smtpUrl: url, from: 'pathways@example.org' });
}

/** The same partners, with one address for all webhooks. */
function postingTo(url: string, { partners }: PartnersFile): PartnersFile {
  return { partners: partners.map((partner) => (partner.by === 'webhook' ? { ...partner, url } : partner)) };
}

/** Records the accepted mails and notices, from the sender's own data: the mail itself stays neutral. */
function recorder() {
  const accepted: { readonly reference: string; readonly line: Line }[] = [];
  const ids = new Set<string>();
  const once = (reference: string, messageId: string, line: Line) => {
    if (!ids.has(messageId)) accepted.push({ reference, line });
    ids.add(messageId);
  };
  const observers: Pick<Parameters<typeof createActivities>[0], 'onSent' | 'onNotified'> = {
    onSent: ({ reference, letter: { to, items }, subject, messageId, at }) =>
      once(reference, messageId, {
        at,
        kind: 'mail',
        to,
        class: classOf(items),
        items: mostSevereOf(items).map(({ about, step }) => ({ about, step })),
        subject,
      }),
    onNotified: ({ reference, notice, messageId, at }) =>
      once(reference, messageId, { at, kind: 'notice', partner: notice.partner, notice: notice.kind }),
  };
  return { accepted, observers };
}
