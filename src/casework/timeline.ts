import { isFact, type CountedSignals, type LogEntry } from '../domain/facts/log';
import { sentenceOf } from '../domain/views/timeline';
import type { Language } from '../domain/words';
import type { Words } from '../domain/words/language';

/** What was told of a case, as it was told, each with a plain sentence. The hashes of the requests stay inside. */
export function timelineOf(entries: readonly (LogEntry | CountedSignals)[], language: Language): object[] {
  return entries.map((entry) => {
    const sentence = sentenceOrNone(entry, language);
    if (entry.type === 'signalsCounted') return { on: null, recordedBy: null, ...entry, sentence };
    if (!isFact(entry)) {
      // As the signal says: nobody vouches for it.
      const { id, type, receivedAt, answer: { on = null, recordedBy = null, ...said } = {} } = entry;
      return { id, type, on, ...said, recordedBy, receivedAt, sentence };
    }
    const { id, type, on, by, receivedAt, key: _, ...fields } = entry;
    return { id, type, on, ...fields, recordedBy: by.id, receivedAt, sentence };
  });
}

/** What was taken stands for ever, so one entry that code of today has no words for must not take the others with it. */
function sentenceOrNone(entry: LogEntry | CountedSignals, language: Language): string {
  try {
    return sentenceOf(entry, language);
  } catch {
    return withoutWords[language];
  }
}

const withoutWords: Words = { nl: 'Dit kan niet in woorden worden getoond.', en: 'This cannot be shown in words.' };
