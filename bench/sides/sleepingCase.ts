import { advance, allDelivered } from '../../src/domain/notifications/advance';
import { dispatchAt, nextDueAt } from '../../src/domain/notifications/agenda';
import { dateOf, daysAfter, instantAt, instantOf, later, timeOf, type Instant } from '../../src/domain/basics/calendar';
import { openCase, record, type CaseFile, type CaseStart } from '../../src/domain/case/caseFile';
import { currentEdition } from '../../src/domain/policy/editions';
import type { Caller } from '../../src/domain/basics/roles';
import { Refusal } from '../../src/domain/basics/refusal';

/** The people who work on a case of the benchmark. */
export interface Team {
  readonly team: CaseStart['team'];
  readonly prosecutors: CaseStart['prosecutors'];
  readonly police: Caller;
}

/**
 * A case in its reflection period that sleeps until a minute and then sends the morning's digests. Its edition has that minute
 * in place of nine o'clock. The case was opened yesterday, a minute after the digests. All mail that was due since then has been sent.
 */
export function sleepingCase(reference: string, minute: Instant, { team, prosecutors, police }: Team): CaseFile {
  const edition = { ...currentEdition, mail: { ...currentEdition.mail, digestAt: timeOf(minute) } };
  const yesterday = daysAfter(dateOf(minute), -1);
  const registeredAt = later(instantAt(yesterday, timeOf(minute)), 'PT1M');
  const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'HU' } as const;
  const indication = { observedOn: yesterday, by: 'police' } as const;
  const about = { reference, office: 'amsterdam', person, indication, team, prosecutors, edition };
  const opened = sentUpTo(registeredAt, openCase({ ...about, registeredAt, registeredBy: 'the benchmark' }));
  const receivedAt = later(registeredAt, 'PT10M');
  const inReflection = record(opened, { fact: { type: 'reflectionStarted', on: dateOf(receivedAt) }, by: police, receivedAt });
  if (inReflection instanceof Refusal) throw new Error(`the reflection period cannot start: ${inReflection.code}`);
  const now = instantOf(Date.now());
  const file = sentUpTo(now, inReflection);
  if (nextDueAt(file, now) !== minute) throw new Error(`a case that was to sleep until ${minute} wakes at ${nextDueAt(file, now)}`);
  return file;
}

/** The number of letters that a case sends at a minute. */
export function lettersAt(file: CaseFile, minute: Instant): number {
  return dispatchAt(file, minute).dispatch.letters.length;
}

/** The tasks of a case that this caller may report as done now. */
export function tasksThatMayBeDone(file: CaseFile, by: Caller): string[] {
  const receivedAt = instantOf(Date.now());
  const on = dateOf(receivedAt);
  return file.situation.tasks
    .map(({ id }) => id)
    .filter((task) => !(record(file, { fact: { type: 'taskCompleted', on, task }, by, receivedAt }) instanceof Refusal));
}

/** The file after everything that was due up to an instant has been sent, each thing at its time. */
function sentUpTo(until: Instant, opened: CaseFile): CaseFile {
  let file = opened;
  for (const wake of advance(opened, { from: opened.situation.asOf, until }, allDelivered)) ({ file } = wake);
  return file;
}
