import { refold } from '../../src/domain/case/caseFile';
import type { RecordedFact } from '../../src/domain/facts/recordedFact';
import type { Fact } from '../../src/domain/facts/catalogue';
import { callerOf, type CaseOnTheClock } from './aCase';

/** A case with one fact repeated until it has this many entries. Recorded facts are not checked again. */
export function filledWith(given: CaseOnTheClock, fact: Fact, entries: number): CaseOnTheClock {
  const { file, now } = given;
  const again = Array.from({ length: entries - file.entries.length }, (_, each): RecordedFact => {
    const id = `fact-${file.entries.length + each + 1}`;
    return { ...fact, id, by: callerOf('caseworker'), receivedAt: now, key: { hash: `hash of ${id}`, body: 'body' } };
  });
  given.file = refold(file.start, [...file.entries, ...again], { outbox: file.outbox });
  return given;
}
