import { refusedCalls } from '../../src/login/refusedCalls';
import { auditInMemory } from '../support/auditInMemory';

const badToken = { did: 'login', from: '192.0.2.1', status: 401 } as const;
const beyondTheLimit = { did: 'call', who: 'caseworker-1', status: 429 } as const;

describe('requests that are refused before anything is asked', () => {
  it('leave one line for each address and caller, with their number', async () => {
    const { audit, lines, durable } = auditInMemory();
    const refused = refusedCalls(audit);
    for (const each of [badToken, badToken, beyondTheLimit, { ...badToken, from: '192.0.2.2' }]) refused.count(each);
    expect(lines()).toEqual([]);
    await refused.stop();
    expect(lines()).toEqual([
      { ...badToken, purpose: 'security', outcome: 'refused', times: 2 },
      { ...beyondTheLimit, purpose: 'security', outcome: 'refused', times: 1 },
      { ...badToken, from: '192.0.2.2', purpose: 'security', outcome: 'refused', times: 1 },
    ]);
    expect(durable()).toEqual([]);
  });

  it('of very many addresses leave no very many lines, and each is counted', async () => {
    const { audit, lines } = auditInMemory();
    const refused = refusedCalls(audit);
    for (let address = 0; address < 5_000; address += 1) refused.count({ ...badToken, from: String(address) });
    await refused.stop();
    expect(lines().length).toBeLessThan(1_100);
    expect(lines().reduce((sum, line) => sum + ('times' in line ? line.times : 0), 0)).toBe(5_000);
  });
});
