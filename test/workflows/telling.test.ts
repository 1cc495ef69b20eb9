import { caseFile, entries, pathway } from '../../src/workflows/messages';
import { callerOf, instantOfWhen } from '../support/aCase';
import { openHouse, type CaseAtWork, type House } from './support/house';

let house: House;
let theCase: CaseAtWork;
let monday: string;

beforeAll(async () => {
  house = await openHouse();
});
beforeEach(async () => {
  monday = await house.aMonday();
  theCase = await house.opens(`${monday}T09:00`);
});
afterEach(() => theCase.leaves());
afterAll(() => house.close());

const key = { hash: 'a'.repeat(64), body: 'b'.repeat(64) };

const interview = { fact: { type: 'interviewHeld', on: '2047-01-07' }, by: callerOf('police'), receivedAt: '2047-01-07T09:00:00Z' };
const chain = { type: 'corrected', replaces: 'fact-1', reason: 'mistake' };

describe('a fact submitted to a running case', () => {
  it('is answered with the pathway after it', async () => {
    expect(await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', {})).toMatchObject({
      reference: theCase.start.reference,
      stage: 'reflection',
      reflectionPeriod: { startedOn: monday, end: null },
      tasks: expect.arrayContaining([expect.objectContaining({ id: 'rvb-application', state: 'open', assignee: 'care-coordinator-1' })]),
    });
  });

  it('is refused with what is missing and what is possible, and leaves no trace', async () => {
    expect(await theCase.told('police', `${monday}T10:00`, 'cooperationEnded', {})).toMatchObject({
      refused: 'fact-not-possible',
      stage: 'intake',
      missing: ['cooperated'],
      allowedFacts: expect.arrayContaining(['reflectionStarted', 'cooperated']),
    });
    expect(await theCase.asks(caseFile)).toMatchObject({ entries: [] });
    expect((await events()).filter((type) => /update/i.test(type))).toEqual([]);
  });

  it('is refused for a role without authority, and the case does not exist for another office', async () => {
    const elsewhere = { id: 'police-rotterdam-1', roles: ['police' as const], office: 'rotterdam' };
    expect(await theCase.told('caseworker', `${monday}T10:00`, 'reflectionStarted', {})).toMatchObject({ refused: 'role-not-allowed' });
    expect(await theCase.told(elsewhere, `${monday}T10:00`, 'reflectionStarted', {})).toMatchObject({
      refused: 'not-found',
      allowedFacts: [],
    });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a word', 'cooperated'],
    ['no fact', { by: callerOf('police'), receivedAt: '2047-01-07T09:00:00Z' }],
    [
      'a fact of a type that nobody knows',
      { fact: { type: 'adopted', on: '2047-01-07' }, by: callerOf('police'), receivedAt: '2047-01-07T09:00:00Z' },
    ],
    [
      'a type that every object has',
      { fact: { type: 'constructor', on: '2047-01-07' }, by: callerOf('police'), receivedAt: '2047-01-07T09:00:00Z' },
    ],
    ['nobody who tells it', { fact: { type: 'cooperated', on: '2047-01-07', form: 'witness' }, receivedAt: '2047-01-07T09:00:00Z' }],
    ['no instant', { fact: { type: 'cooperated', on: '2047-01-07', form: 'witness' }, by: callerOf('police') }],
    ['no date', { fact: { type: 'interviewHeld' }, by: callerOf('police'), receivedAt: '2047-01-07T09:00:00Z' }],
    [
      'an instant that is none',
      { fact: { type: 'interviewHeld', on: '2047-01-07' }, by: callerOf('police'), receivedAt: 'a quarter past nine' },
    ],
    ['an instant of another age', { ...interview, receivedAt: '9999-12-31T09:00:00Z' }],
    [
      'a date that no calendar has',
      { ...interview, fact: { type: 'taskAdded', on: '2047-01-07', kind: 'social', owner: 'police', due: 'soon' } },
    ],
    ['a code without an end', { ...interview, fact: { type: 'reflectionStarted', on: '2047-01-07', evidence: 'x'.repeat(1_000_000) } }],
    ['a team that is a list', { ...interview, officeTeam: { office: 'amsterdam', members: ['police-1'] } }],
    [
      'a team with a role that no team has',
      { ...interview, officeTeam: { office: 'amsterdam', members: { prosecution: 'prosecution-1' } } },
    ],
    ['a team of something else than ids', { ...interview, officeTeam: { office: 'amsterdam', members: { police: { id: 'police-1' } } } }],
    ['a team without an end', { ...interview, officeTeam: { office: 'amsterdam', members: { police: 'x'.repeat(1_000_000) } } }],
    ['a team of no office', { ...interview, officeTeam: { members: { police: 'police-1' } } }],
    ['a caller who stands in for no ids', { ...interview, by: { ...interview.by, standsInFor: [{}] } }],
    ['a caller who stands in for more than an office has', { ...interview, by: { ...interview.by, standsInFor: Array(101).fill('a-1') } }],
    ['a teller without an end', { ...interview, by: { id: 'x'.repeat(1_000_000), roles: ['police'] } }],
    [
      'a correction within a correction within a correction',
      { ...interview, fact: { ...chain, on: '2047-01-07', with: { ...chain, with: chain } } },
    ],
    ['what the codec could not read', { unreadable: 'no-key' }],
  ])('is refused as malformed, and never blocks the case, if it is %s', async (_, telling) => {
    expect(await theCase.sends(telling)).toEqual({ refused: 'malformed' });
    expect(await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', {})).toMatchObject({ stage: 'reflection' });
  });

  it('is recorded once if two requests with one key meet, and both get the same answer', async () => {
    const twice = await Promise.all([1, 2].map(() => theCase.tells('police', `${monday}T09:00`, 'reflectionStarted', {}, key)));
    expect(twice[0]).toEqual(twice[1]);
    await house.until(`${monday}T09:02`);
    expect((await theCase.file()).entries).toHaveLength(1);
  });

  it('is refused under a key that was used for another body', async () => {
    await theCase.told('police', `${monday}T10:00`, 'interviewHeld', {}, key);
    expect(await theCase.tells('police', `${monday}T10:00`, 'interviewHeld', {}, { ...key, body: 'c'.repeat(64) })).toMatchObject({
      refused: 'idempotency-key-reused',
    });
  });

  it('stays the same fact under its key after the case has continued in a new run', async () => {
    await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', {}, key);
    await house.until(`${monday}T10:02`);
    await theCase.file();
    expect(await theCase.histories()).toHaveLength(2);
    expect(await theCase.tells('police', `${monday}T10:05`, 'reflectionStarted', {}, key)).toMatchObject({ stage: 'reflection' });
    expect(await theCase.tells('police', `${monday}T10:05`, 'reflectionStarted', {}, { ...key, body: 'c'.repeat(64) })).toMatchObject({
      refused: 'idempotency-key-reused',
    });
    expect((await theCase.file()).entries).toHaveLength(1);
  });

  it('is judged at the time of its receipt, not of its processing', async () => {
    await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', {});
    await house.until(`${monday}T18:00`);
    await theCase.tells('caseworker', `${monday}T16:00`, 'taskCompleted', { task: 'interpreter' });
    expect((await theCase.file()).entries).toMatchObject([{ type: 'reflectionStarted' }, { receivedAt: instantOfWhen(`${monday}T16:00`) }]);
  });
});

describe('a question to a running case', () => {
  it('is answered to its own office and to national roles, and to no other office', async () => {
    const now = instantOfWhen(`${monday}T09:00`);
    const elsewhere = { id: 'supervisor-rotterdam-1', roles: ['supervisor' as const], office: 'rotterdam' };
    expect(await theCase.asks(pathway, { caller: callerOf('caseworker'), now })).toMatchObject({ stage: 'intake' });
    expect(await theCase.asks(entries, { caller: callerOf('ind') })).toEqual([]);
    expect(await theCase.asks(pathway, { caller: elsewhere, now })).toBeNull();
    expect(await theCase.asks(entries, { caller: elsewhere })).toBeNull();
  });
});

async function events(): Promise<string[]> {
  const [history] = await theCase.histories();
  return (history?.events ?? []).map((event) => Object.keys(event).find((name) => name.endsWith('EventAttributes')) ?? '');
}
