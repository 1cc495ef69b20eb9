import { join } from 'node:path';
import { Client, WorkflowUpdateFailedError, type WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { createActivities, localActivities } from '../../../src/activities';
import { createMailer } from '../../../src/activities/mailer';
import type { KeyOffices } from '../../../src/activities/moveKey';
import type { Partners } from '../../../src/activities/notifyPartner';
import { webhookSecret } from '../../../src/settings/environment';
import { caseAttributes } from '../../../src/domain/views/caseAttributes';
import { dateOf, daysAfter, epoch, instantOf, mondayAfter, type PlainDate } from '../../../src/domain/basics/calendar';
import { openCase, type CaseFile, type CaseStart, type FactSubmission } from '../../../src/domain/case/caseFile';
import { currentEdition } from '../../../src/domain/policy/editions';
import type { Fact, FactType } from '../../../src/domain/facts/catalogue';
import { keptNowhere } from '../../../src/privacy/derivedKeys';
import { writtenNowhere } from '../../../src/activities/writeRegister';
import type { SeenPathway } from '../../../src/casework/ports/pathways';
import { loadPartners } from '../../../src/settings/partnersFile';
import { ask, historiesOf, openSkippingServer, quietFile, type SkippingServer } from '../../../src/simulation/skippingServer';
import { loadStaff, type StaffFile } from '../../../src/settings/staffFile';
import type { RefusalDetails } from '../../../src/domain/case/decide';
import { effectKinds, effects } from '../../../src/workflows/effects';
import * as messages from '../../../src/workflows/messages';
import { callerOf, instantOfWhen, type Fields, type Teller, type When } from '../../support/aCase';
import { testConverter } from '../../support/key';
import { workflowBundlePath } from '../../support/workflowBundle';
import { openPostOffice, type PostOffice } from './postOffice';

const demo = join(__dirname, '..', '..', '..', 'src', 'embedded', 'demo');
/** A date far enough ahead for years of test runs. It is fixed, so that weekdays and clock changes are known. */
const firstDay = '2047-01-07';

/** The real workflow, workers, codec and mail, on the server whose clock skips. */
export interface House {
  readonly client: Client;
  readonly server: SkippingServer;
  readonly post: PostOffice;
  /** The next Monday without any events; the clock only goes forward. */
  aMonday(): Promise<PlainDate>;
  until(when: When): Promise<void>;
  /** Opens a case at nine on a day, or at another instant. */
  opens(when: When, start?: Partial<CaseStart>): Promise<CaseAtWork>;
  startWorkers(): Promise<void>;
  stopWorkers(): Promise<void>;
  close(): Promise<void>;
}

export interface Settings {
  /**
   * Workers that are stopped and started again keep no case in memory, and fold it from its history at each wake. If a task waits for a
   * worker that is gone, the clock of this server never skips again.
   */
  readonly forgetful?: boolean;
  readonly staff?: (staff: StaffFile) => StaffFile;
  /** The partners; by default the invented ones, which get mail. */
  readonly partners?: Partners;
  /** Takes the offices of keys; left out, they are kept nowhere. */
  readonly keys?: KeyOffices;
}

export async function openHouse({
  staff = (each) => each,
  partners,
  keys = keptNowhere,
  forgetful = false,
}: Settings = {}): Promise<House> {
  const [server, post] = await Promise.all([openSkippingServer(), openPostOffice()]);
  const client = new Client({ connection: server.connection, dataConverter: testConverter('asking') });
  const mailer = createMailer({ smtpUrl: post.url, from: 'pathways@example.org' });
  const people = {
    staff: staff(loadStaff(join(demo, 'staff.json'))),
    partners: partners ?? loadPartners(join(demo, 'partners.json'), webhookSecret),
  };
  const activities = createActivities({
    register: writtenNowhere,
    ...people,
    mailer,
    keys,
    publicUrl: 'http://localhost:3000',
  });
  let workers: Worker[] = [];
  let running: Promise<unknown> = Promise.resolve();
  let opened = 0;

  const house: House = {
    client,
    server,
    post,
    async aMonday() {
      const now = dateOf(instantOf(await server.now()));
      const monday = mondayAfter(now < firstDay ? daysAfter(firstDay, -1) : now);
      return monday;
    },
    until: (when) => server.sleepUntil(epoch(instantOfWhen(when))),
    async opens(when, start = {}) {
      opened += 1;
      const registeredAt = instantOfWhen(when);
      await house.until(when);
      return openAtWork(house, { ...usualStart, reference: `BT-TEST-${opened}`, registeredAt, ...observed(registeredAt), ...start });
    },
    async startWorkers() {
      const connection = server.nativeConnection;
      workers = await Promise.all([
        Worker.create({
          connection,
          dataConverter: testConverter('thinking'),
          taskQueue: messages.pathwayQueue,
          workflowBundle: { codePath: workflowBundlePath },
          ...localActivities(activities),
          ...(forgetful ? { maxCachedWorkflows: 0 } : {}),
        }),
        ...effectKinds.map((kind) =>
          Worker.create({
            connection,
            dataConverter: testConverter('acting'),
            taskQueue: effects[kind].taskQueue,
            activities: activities[kind],
          }),
        ),
      ]);
      running = Promise.all(workers.map((worker) => worker.run()));
      running.catch(() => undefined);
    },
    async stopWorkers() {
      for (const worker of workers.splice(0)) worker.shutdown();
      await running;
    },
    async close() {
      await house.stopWorkers();
      mailer.close();
      await Promise.all([post.goesAway(), server.close()]);
    },
  };
  await house.startWorkers();
  return house;
}

/** A case in the engine, with the calls of a test. */
export class CaseAtWork {
  constructor(
    private readonly house: House,
    readonly handle: WorkflowHandleWithFirstExecutionRunId,
    readonly start: CaseStart,
  ) {}

  /** Moves the clock to an instant and tells a fact. Returns the pathway or the refusal. */
  async told<T extends FactType>(
    by: Teller,
    when: When,
    type: T,
    fields: Fields<T>,
    key?: FactSubmission['key'],
  ): Promise<SeenPathway | Refused> {
    await this.house.until(when);
    return this.tells(by, when, type, fields, key);
  }

  /** Tells a fact without moving the clock: received at that instant, and processed now. */
  async tells<T extends FactType>(
    by: Teller,
    when: When,
    type: T,
    fields: Fields<T>,
    key?: FactSubmission['key'],
  ): Promise<SeenPathway | Refused> {
    const receivedAt = instantOfWhen(when);
    const fact = { on: dateOf(receivedAt), ...fields, type } as unknown as Fact;
    return this.sends({ fact, by: callerOf(by), receivedAt, key });
  }

  /** Sends this argument of an update unchanged. */
  async sends(telling: unknown): Promise<SeenPathway | Refused> {
    try {
      return await this.handle.executeUpdate(messages.recordAndShow, { args: [telling as FactSubmission] });
    } catch (error) {
      const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      if (!(cause instanceof ApplicationFailure)) throw error;
      return { refused: cause.type ?? '', ...(cause.details?.[0] as Partial<RefusalDetails> | undefined) };
    }
  }

  /** The case file once nothing is under way. */
  file(): Promise<CaseFile> {
    return quietFile(this.house.client, this.handle.workflowId);
  }

  asks<Answer, Args extends unknown[]>(question: Parameters<typeof ask<Answer, Args>>[2], ...args: Args): Promise<Answer> {
    return ask<Answer, Args>(this.house.client, this.handle.workflowId, question, ...args);
  }

  /** The histories of all runs of the case. */
  histories() {
    return historiesOf(this.house.client, this.handle.workflowId, this.handle.firstExecutionRunId);
  }

  /**
   * Terminates the case. The clock goes on for the case of the next test, and this one would go on too. It first waits until nothing is
   * under way, since otherwise the clock of this server would never skip again.
   */
  async leaves(): Promise<void> {
    const minute = 60_000;
    await this.house.server.sleepUntil((await this.house.server.now()) + minute);
    await this.file();
    await this.handle.terminate();
  }
}

/** The details of a refused update. */
export interface Refused extends Partial<RefusalDetails> {
  readonly refused: string;
}

const usualStart: Omit<CaseStart, 'reference' | 'registeredAt' | 'indication'> = {
  registeredBy: 'police-1',
  office: 'amsterdam',
  person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' },
  team: { caseworker: 'caseworker-1', careCoordinator: 'care-coordinator-1', police: 'police-1', supervisor: 'supervisor-1' },
  prosecutors: ['prosecution-1'],
  edition: currentEdition,
};

function observed(registeredAt: CaseStart['registeredAt']): Pick<CaseStart, 'indication'> {
  return { indication: { observedOn: dateOf(registeredAt), by: 'police' } };
}

async function openAtWork(house: House, start: CaseStart): Promise<CaseAtWork> {
  const handle = await house.client.workflow.start(messages.workflowType, {
    workflowId: messages.workflowIdOf(start.reference),
    taskQueue: messages.pathwayQueue,
    args: [{ version: 1, start }],
    typedSearchAttributes: messages.attributesOf(caseAttributes(openCase(start), start.registeredAt)),
  });
  return new CaseAtWork(house, handle, start);
}
