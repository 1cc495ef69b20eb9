import { dateOf, daysAfter, instantOf, type PlainDate } from '../../src/domain/basics/calendar';
import { pathway } from '../../src/workflows/messages';
import { startNoticeReceiver, status, type Answering, type NoticeReceiver } from '../activities/noticeReceiver';
import { callerOf, instantOfWhen } from '../support/aCase';
import { openHouse, type CaseAtWork, type House } from './support/house';

/** The answer of IND's server to the notice of each case, by reference. Without one the notice is accepted. */
const answers = new Map<string, Answering>();
let house: House;
let receiver: NoticeReceiver;
let monday: PlainDate;

beforeAll(async () => {
  receiver = await startNoticeReceiver((answer, attempt) => {
    const reference = (JSON.parse(receiver.notices[attempt - 1]?.body ?? '{}') as { subject?: string }).subject ?? '';
    (answers.get(reference) ?? status(204))(answer, attempt);
  });
  const ind = { id: 'ind', by: 'webhook', url: receiver.url, secret: Buffer.alloc(32, 1).toString('base64') } as const;
  house = await openHouse({ partners: { partners: [ind] } });
  monday = await house.aMonday();
});
afterAll(async () => {
  await house.close();
  await receiver.stop();
});

describe('IND, whose address does not accept a notice of cooperation,', () => {
  it.each<[string, Answering]>([
    ['answers that it has moved', status(404)],
    ['sends us elsewhere', (answer) => answer.writeHead(308, { Location: 'https://elsewhere.example.org' }).end()],
    ['is asked too often', status(429)],
    ['hangs up', (answer) => answer.destroy()],
  ])('and %s, is shown as not reached from the next morning on, when the caseworker gets a mail', async (_, answering) => {
    const { theCase, day } = await cooperating(answering);
    await house.until(`${day}T22:50`);
    expect(await undelivered(theCase, `${day}T22:50`)).toEqual([]);
    const next = daysAfter(day, 1);
    await house.until(`${next}T09:01`);
    const { outbox } = await theCase.file();
    expect(await undelivered(theCase, `${next}T09:01`)).toEqual(['ind']);
    expect(await shown(theCase)).toContain('**Could not be reached**\n\n- ind');
    expect(outbox.notifiedThrough['caseworker-1']?.['m55-cooperation']?.on).toBe(next);

    // The fault is corrected: the notice arrives at the next try, and the case no longer shows it as not reached.
    answers.delete(theCase.start.reference);
    await house.until(`${next}T09:31`);
    expect((await theCase.file()).outbox.notices).toMatchObject({ [noticeId(outbox)]: { state: 'delivered' } });
    expect(await shown(theCase)).not.toContain('Could not be reached');
    await theCase.leaves();
  });

  it('and asks for a wait of a day, is tried once a day, and the caseworker gets a mail on days 1, 7 and 14', async () => {
    const before = receiver.notices.length;
    const { theCase, day } = await cooperating((answer) => answer.writeHead(429, { 'Retry-After': '86400' }).end());
    const mailedOn: PlainDate[] = [];
    for (let days = 1; days <= 15; days += 1) {
      await house.until(`${daysAfter(day, days)}T09:30`);
      const on = (await theCase.file()).outbox.notifiedThrough['caseworker-1']?.['m55-cooperation']?.on;
      if (on !== undefined && on !== mailedOn.at(-1)) mailedOn.push(on);
    }
    expect(mailedOn).toEqual([1, 7, 14].map((days) => daysAfter(day, days)));
    expect(receiver.notices.length - before).toBe(15);
    await theCase.leaves();
  });
});

/** A case whose person cooperates at half past ten in the evening. */
async function cooperating(answering: Answering): Promise<{ theCase: CaseAtWork; day: PlainDate }> {
  const today = dateOf(instantOf(await house.server.now()));
  const day = daysAfter(today < monday ? monday : today, 1);
  const theCase = await house.opens(`${day}T09:00`);
  answers.set(theCase.start.reference, answering);
  await theCase.told('police', `${day}T10:00`, 'reflectionStarted', {});
  await theCase.told('police', `${day}T22:30`, 'cooperated', { form: 'reportSigned' });
  return { theCase, day };
}

async function undelivered(theCase: CaseAtWork, when: string): Promise<readonly string[] | undefined> {
  const shownToStaff = await theCase.asks(pathway, { caller: callerOf('caseworker'), now: instantOfWhen(when) });
  return shownToStaff !== null && 'undelivered' in shownToStaff ? shownToStaff.undelivered : undefined;
}

async function shown(theCase: CaseAtWork): Promise<string> {
  return (await theCase.asks<{ currentDetails?: string }, []>('__temporal_workflow_metadata')).currentDetails ?? '';
}

function noticeId({ notices }: { readonly notices: object }): string {
  return Object.keys(notices)[0] ?? '';
}
