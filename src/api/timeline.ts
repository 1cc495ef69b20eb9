import type { CaseFile } from '../domain/caseFile';
import { sentenceOf } from '../domain/timeline';
import type { Language } from '../domain/words';

type Entry = CaseFile['entries'][number];

/** What was told of a case, as it was told, each with a plain sentence. The hashes of the requests stay inside. */
export function timelineOf(entries: readonly Entry[], language: Language): object[] {
  return entries.map((entry) => {
    const sentence = sentenceOf(entry, language);
    // Nobody vouches for a signal, and it has no date of its own.
    if (!('by' in entry)) return { ...entry, on: null, recordedBy: null, sentence };
    const { id, type, on, by, receivedAt, key: _, ...fields } = entry;
    return { id, type, on, ...fields, recordedBy: by.id, receivedAt, sentence };
  });
}
