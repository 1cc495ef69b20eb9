import { keptNowhere } from '../../src/privacy/derivedKeys';
import { writtenNowhere } from '../../src/activities/writeRegister';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities, type ActivityDeps } from '../../src/activities';
import type { StaffDirectory } from '../../src/activities/directory';
import { createMailer, type Mailer } from '../../src/activities/mailer';
import type { Partners } from '../../src/activities/notifyPartner';
import { patience, type Patience } from '../../src/activities/patience';
import type { DigestOrder } from '../../src/activities/sendDigests';
import type { Item, Letter, Outcome } from '../../src/domain/state/outbox';
import type { Notice } from '../../src/domain/state/situation';

export const reference = 'BT-7K3M-9QX2-4HTW-8';
export const from = 'service@reminders.example.org';

export const staff: StaffDirectory = {
  staff: [
    {
      id: 'caseworker-1',
      email: 'caseworker-1@example.org',
      language: 'nl',
      deputy: 'caseworker-2',
      absent: [{ from: '2027-12-24', until: '2028-01-02' }],
    },
    { id: 'caseworker-2', email: 'caseworker-2@example.org', language: 'en', deputy: 'caseworker-3' },
    { id: 'caseworker-3', email: 'caseworker-3@example.org', language: 'en' },
    { id: 'police-1', email: 'police-1@example.org', language: 'en' },
    { id: 'supervisor-1', email: 'supervisor-1@example.org', language: 'nl' },
  ],
  offices: [
    { id: 'amsterdam', dutyDesk: 'duty-amsterdam@example.org' },
    { id: 'rotterdam', dutyDesk: 'duty-rotterdam@example.org' },
  ],
  operations: 'operations@example.org',
};

export const partners: Partners = {
  partners: [
    { id: 'ind', by: 'mail', mailbox: 'notices@ind.example.org', language: 'nl' },
    { id: 'iom', by: 'mail', mailbox: 'returns@iom.example.org', language: 'en' },
  ],
};

const mailers: Mailer[] = [];
/** Closes the connections that a test's mailers keep open. */
export function closeMailers(): void {
  for (const mailer of mailers.splice(0)) mailer.close();
}

type Settings = Partial<ActivityDeps> & {
  readonly smtpUrl: string;
  readonly at?: string;
  readonly patience?: Partial<Patience>;
  /** The outcomes that an earlier try reported to the engine before its worker died. */
  readonly earlier?: readonly Outcome[];
};

/** The activities as Temporal runs them, at an instant of the engine's clock. */
export function activitiesAt({ smtpUrl, at = '2027-12-06T08:00:00Z', patience: waits, earlier, ...deps }: Settings) {
  const mailer = createMailer({ smtpUrl, from, patience: { ...patience, ...waits } });
  mailers.push(mailer);
  const { notify } = createActivities({
    mailer,
    staff,
    keys: keptNowhere,
    register: writtenNowhere,
    partners,
    publicUrl: 'https://cases.example.org',
    ...deps,
  });
  const engine = new MockActivityEnvironment({ currentAttemptScheduledTimestampMs: Date.parse(at), heartbeatDetails: earlier });
  const told: (readonly Outcome[])[] = [];
  engine.on('heartbeat', (outcomes: readonly Outcome[]) => told.push(outcomes));
  return {
    /** The outcomes that the activity has reported to the engine. */
    told,
    async send(...letters: readonly Letter[]): Promise<readonly Outcome[]> {
      const order: DigestOrder = { reference, office: 'amsterdam', supervisor: 'supervisor-1', letters };
      return engine.run(notify.sendDigests, order);
    },
    notify: (name: 'permitApplication' | 'iomReturn' | 'notifyPartner', notice: Notice): Promise<Outcome> =>
      engine.run(notify[name], { reference, notice }),
    /** Tells the activities under way that their worker has to stop. */
    stop: () => engine.cancel('WORKER_SHUTDOWN'),
  };
}

export function letterTo(to: string, letter: Partial<Letter> = {}): Letter {
  const items: readonly Item[] = [{ about: 'safety-plan', step: 'due', date: '2027-12-06', responsible: to }];
  const id = `${letter.kind ?? 'digest'}/2027-12-06/${to}`;
  return {
    id,
    kind: 'digest',
    to,
    day: '2027-12-06',
    items,
    firstTry: '2027-12-06T08:00:00Z',
    nextTry: null,
    triedRecipients: [],
    ...letter,
  };
}

export const m55: Notice = {
  id: 'ind/m55-cooperation/fact-2',
  partner: 'ind',
  kind: 'm55-cooperation',
  at: '2027-12-06T08:00:00Z',
  on: '2027-12-05',
};
export const referral: Notice = {
  id: 'iom/return-referral/fact-3',
  partner: 'iom',
  kind: 'return-referral',
  at: '2027-12-06T08:00:00Z',
  on: '2027-12-06',
};
