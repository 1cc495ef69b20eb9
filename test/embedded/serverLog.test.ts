import { errorIn, rateLimited, saysDamaged } from '../../src/embedded/serverLog';

describe('a line of output from the Temporal server', () => {
  it.each([
    [{ level: 'ERROR', msg: 'Operation failed with an error.', error: 'database or disk is full (13)' }, 'database or disk is full (13)'],
    [
      { level: 'ERROR', msg: 'service failures', 'wf-id': 'pathway/BT-1', error: 'AppendHistoryNodes: database or disk is full (13)' },
      'database or disk is full (13)',
    ],
    [{ level: 'ERROR', msg: 'Queue reader unable to retrieve tasks' }, 'Queue reader unable to retrieve tasks'],
    [{ level: 'WARN', msg: 'Cluster Id is not valid' }, undefined],
    [{ level: 'ERROR', msg: 1 }, undefined],
  ])('is logged if it is an error, shortened to its last part: %j', (line, error) => {
    expect(errorIn(JSON.stringify(line))).toBe(error);
  });

  it.each(['Temporal Server:      localhost:7233', '', '{"level":"ERROR"', 'null', '[]'])(
    'is no error if it is not from the log: %p',
    (line) => {
      expect(errorIn(line)).toBeUndefined();
    },
  );

  it.each([
    ['{"level":"ERROR","error":"GetWorkflowExecution: failed. Error: database disk image is malformed (11)"}', true],
    ['Error: failed starting server: unable to create SQLite admin DB: file is not a database (26)', true],
    ['{"level":"ERROR","error":"database or disk is full (13)"}', false],
    ['{"level":"ERROR","error":"attempt to write a readonly database (8)"}', false],
  ])('shows whether the database is damaged or only the disk is full: %s', (line, damaged) => {
    expect(saysDamaged(line)).toBe(damaged);
  });

  it('is logged once if it is repeated a thousand times', () => {
    const logged: string[] = [];
    const log = rateLimited((error) => logged.push(error));
    for (let times = 0; times < 1_000; times += 1) for (const error of ['full', 'cannot rollback']) log(error);
    expect(logged).toEqual(['full', 'cannot rollback']);
  });
});
