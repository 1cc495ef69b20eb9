import fc from 'fast-check';
import type { Instant } from '../../src/domain/basics/calendar';
import type { MailClass, StepName } from '../../src/domain/state/outbox';
import { asJson, inOrder, asText, type Line } from '../../src/simulation/lines';

const at: Instant = '2027-09-04T10:10:00Z';

/** The events of a minute by clock and people, in their order. */
const told: readonly Line[] = [
  { at, kind: 'stage', stage: 'contactLost' },
  { at, kind: 'fact', type: 'departedUnknown', on: '2027-09-04', says: 'The person left for an unknown destination.' },
  { at, kind: 'refused', type: 'contactMissed', code: 'role-not-allowed', missing: [], says: 'The person could not be reached.' },
];

/** The mails and notices of that minute, in order (docs/http.md, lines). */
const sent: readonly Line[] = [
  notice('ind', 'departed'),
  notice('nidos', 'departed'),
  mail('care-coordinator-1', 'alarm', 'departed-unknown', 'alarm'),
  mail('caseworker-1', 'alarm', 'contact-missed', 'alarm'),
  mail('caseworker-1', 'alarm', 'departed-unknown', 'alarm'),
  mail('care-coordinator-1', 'new', 'missing-minor-alarm', 'planned'),
  mail('police-1', 'reminder', 'establish-contact', 'overdue'),
  mail('police-1', 'new', 'report-departure', 'planned'),
];

describe('the lines of one minute', () => {
  it('are stage, facts, notices, alarms, then digests by recipient, in whatever order they were accepted', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...sent], { minLength: sent.length }), (accepted) => {
        expect(inOrder([...accepted, ...told])).toEqual([...told, ...sent]);
      }),
    );
  });

  it('keep facts in the order in which people recorded them', () => {
    const [, fact, refused] = told as [Line, Line, Line];
    expect(inOrder([refused, fact])).toEqual([refused, fact]);
  });

  it('come after those of an earlier minute and before those of a later one', () => {
    const before: Line = { ...mail('police-1', 'new', 'report-departure', 'planned'), at: '2027-09-04T10:09:00Z' };
    const after: Line = { at: '2027-09-04T10:11:00Z', kind: 'stage', stage: 'decision' };
    expect(inOrder([after, ...told, before])).toEqual([before, ...told, after]);
  });
});

describe('a line of a simulation', () => {
  it('has for a script exactly the fields of the contract', () => {
    expect(told.map(asJson)).toEqual([
      '{"at":"2027-09-04T10:10:00Z","kind":"stage","stage":"contactLost"}',
      '{"at":"2027-09-04T10:10:00Z","kind":"fact","type":"departedUnknown","on":"2027-09-04"}',
      '{"at":"2027-09-04T10:10:00Z","kind":"refused","type":"contactMissed","code":"role-not-allowed","missing":[]}',
    ]);
  });

  it('is for people a sentence with the time in Amsterdam', () => {
    const items = [
      { about: 'establish-contact', step: 'overdue' },
      { about: 'report-departure', step: 'planned' },
      { about: 'reporting-duty-2', step: 'planned' },
    ] as const;
    const digest: Line = { at, kind: 'mail', to: 'police-1', class: 'reminder', items, subject: '' };
    expect([...told, notice('ind', 'departed'), digest].map(asText)).toEqual([
      '2027-09-04 12:10  == Left for an unknown destination ==',
      '2027-09-04 12:10  recorded: The person left for an unknown destination.',
      '2027-09-04 12:10  refused (role-not-allowed): The person could not be reached.',
      '2027-09-04 12:10  notice to ind: The person left for an unknown destination',
      '2027-09-04 12:10  mail (reminder) to police-1: overdue: Establish where the person is; planned: Report the departure, Duty to report in person (2)',
    ]);
  });
});

function notice(partner: string, kind: string): Line {
  return { at, kind: 'notice', partner, notice: kind };
}

function mail(to: string, of: MailClass, about: string, step: StepName): Line {
  return { at, kind: 'mail', to, class: of, items: [{ about, step }], subject: '' };
}
