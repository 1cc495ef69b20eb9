import { later } from '../../src/domain/basics/calendar';
import { nextDueAt } from '../../src/domain/notifications/agenda';
import { lateMoment } from '../../src/domain/views/lateMoment';
import { instantOfWhen } from '../support/aCase';
import { inStage } from '../support/inStage';

describe('a moment of the clock', () => {
  it('is late more than five minutes after its minute', () => {
    const { file, now } = inStage.reflection();
    const planned = nextDueAt(file, now) ?? now;
    expect(lateMoment(file, planned, planned)).toBeUndefined();
    expect(lateMoment(file, planned, later(planned, 'PT5M'))).toBeUndefined();
    expect(lateMoment(file, planned, later(planned, 'PT6M'))).toMatchObject({ plannedAt: planned, happenedAt: later(planned, 'PT6M') });
  });

  it('that ends the reflection period says whose legal position it touched', () => {
    const { file } = inStage.reflection().until('2027-12-01T23:00');
    const midnight = instantOfWhen('2027-12-02T00:00');
    const said = lateMoment(file, midnight, later(midnight, 'PT2H'))?.said;
    expect(said?.deadline).toBe('reflection-period');
    expect(said?.what).toContain('expiry');
  });

  it('at which only mail leaves touched nobody’s legal position', () => {
    const { file } = inStage.reflection().until('2027-09-05T10:00');
    const morning = instantOfWhen('2027-09-06T09:00');
    const said = lateMoment(file, morning, later(morning, 'PT2H'))?.said;
    expect(said?.deadline).toBeNull();
    expect(said?.mails).toBeGreaterThan(0);
  });
});
