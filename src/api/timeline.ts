import { isFact, type Entry } from '../domain/entries';
import { sentenceOf } from '../domain/timeline';
import type { Language } from '../domain/words';

/** What was told of a case, as it was told, each with a plain sentence. The hashes of the requests stay inside. */
export function timelineOf(entries: readonly Entry[], language: Language): object[] {
  return entries.map((entry) => {
    const sentence = sentenceOf(entry, language);
    if (!isFact(entry)) {
      // As the signal says: nobody vouches for it.
      const { id, type, receivedAt, answer: { on = null, recordedBy = null, ...said } = {} } = entry;
      return { id, type, on, ...said, recordedBy, receivedAt, sentence };
    }
    const { id, type, on, by, receivedAt, key: _, ...fields } = entry;
    return { id, type, on, ...fields, recordedBy: by.id, receivedAt, sentence };
  });
}
