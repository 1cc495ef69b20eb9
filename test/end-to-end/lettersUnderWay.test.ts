import type { WorkflowHandle } from '@temporalio/client';
import { writtenNowhere } from '../../src/activities/writeRegister';
import { createActivities } from '../../src/activities';
import { createMailer } from '../../src/activities/mailer';
import { decryptedPayloads } from '../../src/casework/temporal/payloads';
import { startWorkers } from '../../src/commands/workers';
import type { Letter } from '../../src/domain/state/outbox';
import { loadStaff } from '../../src/settings/staffFile';
import { caseFile } from '../../src/workflows/messages';
import { startScriptedServer, type ScriptedServer } from '../activities/scriptedServer';
import { testedBuilds } from '../support/builds';
import { noEndedCases } from '../support/registerInMemory';
import { until } from '../support/until';
import { aWorkplace, type Workplace } from './workplace';

const staffFile = 'src/embedded/demo/staff.json';

describe('letters under way at a mail server that does not answer', () => {
  it('survive a killed worker: letters whose data had left are not sent again, the others are', async () => {
    const killed = await workplace.works(server.url);
    const handle = await workplace.opens();
    await until('one letter has left, and two wait', () => server.mails.length === 1 && server.clients.size === 3);
    // A worker that dies before this report arrived would send the letter again, as nothing can say that it left.
    await until('the engine knows that the letter has left', async () => (await reportedBy(handle)).length === 1);
    killed.child.kill('SIGKILL');
    await killed.gone;

    takesAll = true;
    const another = await workplace.works(server.url);
    await until('the engine has missed the worker, and no letter is under way', async () => {
      const letters = await lettersOf(handle);
      return letters.length === 1 && letters[0]?.nextTry !== null;
    });
    expect(await lettersOf(handle)).toMatchObject([{ to: 'caseworker-1', perhaps: 1 }]);
    expect(recipients()).toEqual(['care-coordinator-1@example.org', 'caseworker-1@example.org', 'police-1@example.org']);
    another.child.kill('SIGTERM');
    await another.ended;
  });

  it('are broken off by a stopping worker, which does not wait, and the engine gets each outcome', async () => {
    const mailer = createMailer({ smtpUrl: server.url, from: 'pathways@example.org' });
    const staff = loadStaff(staffFile);
    const { temporal, database } = workplace;
    const log = { warn: () => undefined, error: () => undefined };
    const workers = await startWorkers({
      temporal,
      builds: await testedBuilds(),
      seals: database.seals,
      identity: 'worker@test',
      activities: createActivities({
        register: writtenNowhere,
        staff,
        partners: { partners: [] },
        keys: database.store.caseKeys,
        mailer,
        publicUrl: 'https://cases.example.org',
        log,
      }),
      watch: { mailer, operations: staff.operations, log, register: noEndedCases },
      // The settings are those of npm start.
      stopping: { grace: '2s', force: '5s' },
    });
    const handle = await workplace.opens();
    await until('one letter has left, and two wait', () => server.mails.length === 1 && server.clients.size === 3);
    await workers.stop();
    mailer.close();
    await until('the mail server is left alone', () => server.clients.size === 0);

    takesAll = true;
    const another = await workplace.works(server.url);
    await until('no letter is under way', async () => (await lettersOf(handle)).every(({ nextTry }) => nextTry !== null));
    const left = (await lettersOf(handle)).map(({ to, perhaps }) => ({ to, perhaps }));
    expect(left).toContainEqual({ to: 'caseworker-1', perhaps: 1 });
    expect(left.filter(({ perhaps }) => perhaps !== undefined)).toHaveLength(1);
    another.child.kill('SIGTERM');
    await another.ended;
  });
});

let workplace: Workplace;
let server: ScriptedServer;
let takesAll = false;
aWorkplace((made) => (workplace = made));

async function lettersOf(handle: WorkflowHandle): Promise<readonly Letter[]> {
  return (await handle.query(caseFile)).outbox.letters;
}

/** The outcomes that the engine knows of the activities under way. */
async function reportedBy(handle: WorkflowHandle): Promise<unknown[]> {
  const { raw } = await handle.describe();
  const beats = (raw.pendingActivities ?? []).flatMap(({ heartbeatDetails }) => heartbeatDetails?.payloads ?? []);
  return (await decryptedPayloads(workplace.client, handle.workflowId, beats)).flat();
}

/** The mails that arrived completely, with repeats. */
function recipients(): string[] {
  return server.mails.map((mail) => /^To: (.*)$/m.exec(mail)?.[1]?.trim() ?? '').sort();
}

beforeEach(async () => {
  takesAll = false;
  // The server accepts the caseworker's letter and never answers. For the other letters it never accepts the address.
  server = await startScriptedServer({
    RCPT: (_, command) => (takesAll || command.includes('caseworker-1') ? '250 2.1.5 ok' : undefined),
    end: () => (takesAll ? '250 2.0.0 queued' : undefined),
  });
});
afterEach(() => server.stop());
