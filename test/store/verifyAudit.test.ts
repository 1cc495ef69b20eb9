import { inWords } from '../../src/store/verifyAudit';

describe('the words about the record', () => {
  const head = { seq: 1204n, hash: Buffer.alloc(32, 0x3f) };
  const hash = '3f'.repeat(32);

  it.each([
    [0, `0 lines hold; head 1204:${hash}`],
    [1, `1 line holds; head 1204:${hash}`],
    [1204, `1204 lines hold; head 1204:${hash}`],
  ])('say how many lines hold, and up to which head: %i', (held, words) => {
    expect(inWords({ held, head, faults: [] })).toBe(words);
  });

  it('name each fault on a line of its own, and no head', () => {
    const faults = ['line 777 was changed', 'line 778 is missing'];
    expect(inWords({ held: 1202, head, faults })).toBe(faults.join('\n'));
  });
});
