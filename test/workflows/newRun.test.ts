import { daysAfter } from '../../src/domain/basics/calendar';
import { cooperation } from '../../src/workflows/messages';
import { openHouse, type CaseAtWork, type House } from './support/house';
import { takesAll } from './support/postOffice';

let house: House;
let theCase: CaseAtWork;
let monday: `${number}-${number}-${number}`;

beforeAll(async () => {
  house = await openHouse();
});
beforeEach(async () => {
  monday = await house.aMonday();
  theCase = await house.opens(`${monday}T09:00`);
});
afterEach(async () => {
  house.post.says(takesAll);
  await theCase.leaves();
});
afterAll(() => house.close());

const police = 'police-1@example.org';

describe('a case that continues in a new run at a change of stage', () => {
  it('keeps its facts, its tasks and its record of sent mail, and sends nothing twice', async () => {
    await house.until(`${monday}T09:30`);
    await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', {});
    await theCase.tells('caseworker', `${monday}T10:00`, 'taskCompleted', { task: 'interpreter' });
    await house.until(`${monday}T10:01`);
    const after = await theCase.file();
    expect(await theCase.histories()).toHaveLength(2);
    expect(after.entries).toMatchObject([{ type: 'reflectionStarted' }, { type: 'taskCompleted', task: 'interpreter' }]);
    expect(after.situation.tasks).toContainEqual(
      expect.objectContaining({ id: 'interpreter', end: expect.objectContaining({ state: 'done' }) }),
    );
    expect(after.outbox.notifiedThrough).toMatchObject({ 'police-1': { 'comensha-registration': { on: monday } } });

    await house.until(`${daysAfter(monday, 1)}T08:00`);
    expect(house.post.to(police).filter(({ raw }) => raw.includes(theCase.start.reference))).toHaveLength(1);
    expect(new Set(house.post.mails.map(({ messageId }) => messageId)).size).toBe(house.post.mails.length);
  });

  it('retries an undelivered letter under the same Message-ID until it is delivered', async () => {
    house.post.says((address) => (address === police ? 451 : undefined));
    await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', {});
    await house.until(`${monday}T10:20`);
    const waiting = (await theCase.file()).outbox.letters.map(({ id }) => id);
    expect(await theCase.histories()).toHaveLength(2);
    expect(waiting).toEqual([`digest/${monday}/police-1`]);

    house.post.says(takesAll);
    const before = house.post.to(police).length;
    await house.until(`${monday}T10:31`);
    expect((await theCase.file()).outbox).toMatchObject({ letters: [], lastDigestOn: { 'police-1': monday } });
    expect(house.post.to(police)).toHaveLength(before + 1);
  });

  it('waits for the outcomes of letters under way, and records a fact meanwhile', async () => {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    house.post.says((address) => (address === police ? gate : undefined));
    const asked = house.post.isAskedFor(police);
    // The clock runs for the ten seconds after which letters leave. It does not move while they are under way.
    const sleeping = house.until(`${monday}T09:05`);
    await asked;
    expect(await theCase.tells('police', `${monday}T09:00`, 'reflectionStarted', {})).toMatchObject({ stage: 'reflection' });
    expect(await theCase.tells('caseworker', `${monday}T09:00`, 'taskCompleted', { task: 'interpreter' })).toMatchObject({
      stage: 'reflection',
    });
    expect(await theCase.histories()).toHaveLength(1);
    letGo();
    await sleeping;

    const file = await theCase.file();
    expect(await theCase.histories()).toHaveLength(2);
    expect(file.entries).toHaveLength(2);
    expect(file.outbox.letters).toEqual([]);
    const itsMails = house.post.to(police).filter(({ raw }) => raw.includes(theCase.start.reference));
    expect(itsMails).toHaveLength(1);
  });

  it('keeps all signals, possible or not, well formed or not', async () => {
    await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', {});
    await theCase.handle.signal(cooperation, { answer: 'declines', recordedBy: 'police-1' });
    await theCase.handle.signal(cooperation, { answer: 'declines', recordedBy: 'nobody-1' });
    await theCase.handle.signal(cooperation, 'yes');
    await house.until(`${monday}T10:05`);
    await theCase.handle.signal(cooperation, { answer: 'cooperates', form: 'reportSigned', recordedBy: 'prosecution-1' });
    await house.until(`${monday}T10:10`);
    const file = await theCase.file();
    expect(file.entries.map(({ type }) => type)).toEqual([
      'reflectionStarted',
      'declineSignalled',
      'signalNotPossible',
      'signalMalformed',
      'cooperated',
    ]);
    expect(file.situation.stage).toBe('permitApplication');
    expect((await theCase.histories()).length).toBeGreaterThan(2);
  });
});
