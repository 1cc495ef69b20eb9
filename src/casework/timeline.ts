import type { PlainDate, Instant } from '../domain/basics/calendar';
import { isFact, type CountedSignals, type LogEntry } from '../domain/facts/log';
import { sentenceOf, shownFields } from '../domain/views/timeline';
import type { Language } from '../domain/words';
import type { Words } from '../domain/basics/language';
import type { Pathways } from './ports/pathways';
import { allowedForCase } from './allowed';
import type { CaseRequest } from './request';

/** One entry of a case's log with a plain sentence, and with the entry's own fields as recorded. */
export interface TimelineEntry {
  readonly id: string;
  readonly type: string;
  readonly on: PlainDate | null;
  readonly recordedBy: string | null;
  readonly receivedAt: Instant;
  readonly sentence: string;
  readonly [field: string]: unknown;
}

export interface TimelineRequest extends CaseRequest {
  readonly language: Language;
}

/** The log of a case as far as it is for the caller, each entry with a plain sentence. */
export function timelineFor({ pathways }: { readonly pathways: Pathways }) {
  return async (request: TimelineRequest): Promise<readonly TimelineEntry[]> => {
    allowedForCase('read', {}, request);
    return timelineOf(await pathways.timeline(request.reference, request.caller), request.language);
  };
}

/** The entries as recorded, each with a plain sentence. The hashes of the requests stay inside, and so do the data of an intake. */
export function timelineOf(entries: readonly (LogEntry | CountedSignals)[], language: Language): readonly TimelineEntry[] {
  return entries.map((entry) => {
    const sentence = sentenceOrNone(entry, language);
    if (entry.type === 'signalsCounted') return { on: null, recordedBy: null, ...entry, sentence };
    if (!isFact(entry)) {
      // Nobody vouches for the staff id that a signal names.
      const { id, type, receivedAt, answer: { on = null, recordedBy = null, ...said } = {} } = entry;
      return { id, type, on, ...said, recordedBy, receivedAt, sentence };
    }
    const { id, type, on, by, receivedAt, key: _, officeTeam: __, strikesOut: ___, trace: ____, ...fields } = entry;
    return { id, type, on, ...shownFields({ type, ...fields }), recordedBy: by.id, receivedAt, sentence };
  });
}

/** Recorded facts stay for ever. One entry that today's code has no words for must not take the others with it. */
function sentenceOrNone(entry: LogEntry | CountedSignals, language: Language): string {
  try {
    return sentenceOf(entry, language);
  } catch {
    return withoutWords[language];
  }
}

const withoutWords: Words = { nl: 'Dit kan niet in woorden worden getoond.', en: 'This cannot be shown in words.' };
