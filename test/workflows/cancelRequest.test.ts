import { daysAfter } from '../../src/domain/basics/calendar';
import { openHouse, type House } from './support/house';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

// This test has a file of its own and no query. After a cancel request this test server, unlike the real one, answers no query.
describe('a request to cancel a case in the Temporal UI', () => {
  it('does not end the case, so that no button can leave a person without help', async () => {
    const monday = await house.aMonday();
    const theCase = await house.opens(`${monday}T09:00`);
    await house.until(`${monday}T20:00`);
    await theCase.handle.cancel();
    await house.until(`${monday}T21:00`);
    const askedNext = house.post.isAskedFor('police-1@example.org');
    await house.until(`${daysAfter(monday, 1)}T09:01`);
    await askedNext;
    expect((await theCase.handle.describe()).status.name).toBe('RUNNING');
  });
});
