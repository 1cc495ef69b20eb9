import { until } from '../support/until';
import { openPostOffice, takesAll, type PostOffice } from '../workflows/support/postOffice';
import { aWorkplace, type Workplace } from './workplace';

const police = 'police-1@example.org';

describe('a worker that is killed with letters under way', () => {
  it('is replaced: another sends its letters, each person gets their mail once, and facts are recorded meanwhile', async () => {
    post.says((address) => (address === police ? never : undefined));
    const asked = post.isAskedFor(police);
    const killed = await workplace.works(post.url);
    const handle = await workplace.opens();
    await asked;
    killed.child.kill('SIGKILL');
    await killed.gone;
    post.says(takesAll);

    await workplace.works(post.url);
    expect((await workplace.startsReflection(handle)).stage).toBe('reflection');
    await until('the police have their mail', () => post.to(police).length > 0);
    const mails = new Map(post.mails.map(({ messageId, to }) => [messageId, to]));
    expect([...mails.values()].sort()).toEqual(['care-coordinator-1@example.org', 'caseworker-1@example.org', police]);
  });
});

const never = new Promise<never>(() => undefined);

let workplace: Workplace;
let post: PostOffice;
aWorkplace((made) => (workplace = made));

beforeAll(async () => {
  post = await openPostOffice();
});
afterAll(() => post.goesAway());
