import { csvOf } from '../../src/api/http/csv';

describe('a table as CSV', () => {
  it('has its header and a line for each row, each with CR and LF', () => {
    expect(csvOf(['reference', 'count', 'overdue'], [['BT-1', 3, true]])).toBe('reference,count,overdue\r\nBT-1,3,true\r\n');
    expect(csvOf(['reference'], [])).toBe('reference\r\n');
  });

  it('leaves the cell of nothing empty', () => {
    expect(csvOf(['one', 'two'], [[null, '']])).toBe('one,two\r\n,\r\n');
  });

  it.each([
    ['a comma', 'one, two', '"one, two"'],
    ['a quote', 'the "safe" bed', '"the ""safe"" bed"'],
    ['the end of a line', 'one\r\ntwo', '"one\r\ntwo"'],
  ])('puts a text with %s into quotes', (_, text, cell) => {
    expect(csvOf([], [[text]])).toBe(`\r\n${cell}\r\n`);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('hands no formula to the reader: %j', (text) => {
    expect(csvOf([], [[text]])).toMatch(/^\r\n"?'/);
  });

  it('keeps a number as it is', () => {
    expect(csvOf([], [[-1, 0]])).toBe('\r\n-1,0\r\n');
  });
});
