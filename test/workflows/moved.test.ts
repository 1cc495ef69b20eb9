import type { Caller } from '../../src/domain/basics/roles';
import type { PlainDate } from '../../src/domain/basics/calendar';
import { caseFile } from '../../src/workflows/messages';
import { until } from '../support/until';
import { openHouse, type CaseAtWork, type House } from './support/house';

describe('a case that moves to another office', () => {
  it('takes its key along, as soon as the database answers again', async () => {
    isAway = true;
    await moves('supervisor', `${monday}T10:00`, 'rotterdam');
    await until('it was tried', () => tries > 1);
    expect(offices.get(theCase.start.reference)).toBeUndefined();
    // The database is no part of the case's clock: facts are recorded meanwhile, and letters leave.
    expect(await theCase.tells(policeElsewhere, `${monday}T10:00`, 'interviewHeld', {})).toMatchObject({ office: 'rotterdam' });
    isAway = false;
    await until('the key is there', () => offices.get(theCase.start.reference) === 'rotterdam');
  });

  it('and back: its key is where the case is, in this run and in the next', async () => {
    await moves('supervisor', `${monday}T10:00`, 'rotterdam');
    await moves(supervisorElsewhere, `${monday}T10:00`, 'amsterdam');
    await until('the key is back', () => offices.get(theCase.start.reference) === 'amsterdam');
    await moves('supervisor', `${monday}T10:01`, 'rotterdam');
    await until('the key is there', () => offices.get(theCase.start.reference) === 'rotterdam');
    offices.clear();
    await theCase.tells(policeElsewhere, `${monday}T10:01`, 'reflectionStarted', {});
    await until('the next run says it again', () => offices.get(theCase.start.reference) === 'rotterdam');
  });

  it('and is back when its run ends: the next run says so, since the move may have been cut off', async () => {
    await moves('supervisor', `${monday}T10:00`, 'rotterdam');
    await moves(supervisorElsewhere, `${monday}T10:00`, 'amsterdam');
    await until('the key is back', () => offices.get(theCase.start.reference) === 'amsterdam');
    offices.clear();
    await theCase.tells('police', `${monday}T10:01`, 'reflectionStarted', {});
    await until('the next run says it again', () => offices.get(theCase.start.reference) === 'amsterdam');
  });
});

const supervisorElsewhere: Caller = { id: 'supervisor-rotterdam-1', roles: ['supervisor'], office: 'rotterdam' };
const policeElsewhere: Caller = { id: 'police-rotterdam-1', roles: ['police'], office: 'rotterdam' };

let house: House;
let theCase: CaseAtWork;
let monday: PlainDate;
let [isAway, tries] = [false, 0];
/** The office beside the key of each case that moved. */
const offices = new Map<string, string>();

beforeAll(async () => {
  house = await openHouse({
    keys: {
      async moveTo(reference, office) {
        tries += 1;
        if (isAway) throw new Error('the database does not answer');
        offices.set(reference, office);
      },
    },
  });
});
beforeEach(async () => {
  monday = await house.aMonday();
  theCase = await house.opens(`${monday}T09:00`);
});
afterEach(() => theCase.leaves());
afterAll(() => house.close());

async function moves(by: Parameters<CaseAtWork['tells']>[0], when: Parameters<CaseAtWork['told']>[1], office: string): Promise<void> {
  await theCase.told(by, when, 'intakeCorrected', { reason: 'mistake', office });
  expect((await theCase.asks(caseFile)).situation.office).toBe(office);
}
