import { rulesOf } from '../../src/releases/rules';
import { aCase } from '../support/aCase';
import { testedBuilds } from '../support/builds';

describe('the rules of a kept build', () => {
  it('take a case over and say its dates, outside the engine too', async () => {
    const [build] = await testedBuilds();
    const rules = rulesOf(await build.code());
    const given = aCase().startedReflection('2027-09-01T11:00');
    const self = build.build;
    const told = rules.told(rules.takenOver(rules.carried(given.file, given.now, self), given.now, self), given.now);
    expect(told).toMatchObject({ stage: 'reflection', entries: 1, unknown: [] });
    expect(told.items['reflection-period']).toEqual({ kind: 'deadline', due: '2027-12-01', isOpen: true });
  });
});
