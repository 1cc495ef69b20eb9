import { timelineOf } from '../../src/casework/timeline';
import type { RecordedFact } from '../../src/domain/facts/recordedFact';
import type { Language } from '../../src/domain/words';

const told = { id: 'fact-1', on: '2028-01-10', by: { id: 'police-1', roles: ['police'] }, receivedAt: '2028-01-10T10:00:00Z' } as const;
const interview: RecordedFact = { ...told, id: 'fact-2', type: 'interviewHeld' };

describe('the timeline', () => {
  it.each<[string, object]>([
    ['goes deeper than words can follow', deep(5_000)],
    ['holds a code that is not known any more', { type: 'cooperated', form: 'gladly' }],
  ])('leaves out only the sentence of a fact that %s', (_, fact) => {
    const entry = { ...fact, ...told } as unknown as RecordedFact;
    expect(sentences([entry, interview], 'nl')).toEqual(['Dit kan niet in woorden worden getoond.', 'Informatief gesprek gevoerd.']);
    expect(sentences([entry, interview], 'en')).toEqual(['This cannot be shown in words.', 'The informative interview was held.']);
  });

  it('names the type of a fact that only a later version knows, and says that it has no effect', () => {
    const entry = { ...told, type: 'movedAway' } as unknown as RecordedFact;
    const [nl] = sentences([entry, interview], 'nl');
    const [en, next] = sentences([entry, interview], 'en');
    expect(nl).toBe('Een latere versie van deze dienst legde vast: moved away. Nu heeft dat geen gevolg.');
    expect(en).toBe('A later version of this service recorded: moved away. It has no effect now.');
    expect(next).toBe('The informative interview was held.');
  });

  it('names the data of an intake that were put right, but shows none of them: they are for the team', () => {
    const putRight = { type: 'intakeCorrected', reason: 'mistake', nationality: 'XX', residence: 'dublin' } as const;
    const correction = { type: 'corrected', replaces: 'fact-1', reason: 'mistake', with: putRight } as const;
    const entries: RecordedFact[] = [
      { ...told, ...putRight },
      { ...told, ...correction, id: 'fact-2' },
    ];
    const [first, second] = timelineOf(entries, 'en');
    expect(first).toMatchObject({ type: 'intakeCorrected', reason: 'mistake', putRight: ['nationality', 'residence'] });
    expect(second).toMatchObject({ with: { type: 'intakeCorrected', putRight: ['nationality', 'residence'] } });
    expect(JSON.stringify([first, second])).not.toMatch(/XX|dublin/i);
  });

  it('ends with the number of signals that were only counted', () => {
    const counted = { id: 'signals-counted', type: 'signalsCounted', number: 9_950, receivedAt: '2028-01-12T10:00:00Z' } as const;
    expect(timelineOf([interview, counted], 'en').at(-1)).toEqual({
      ...{ ...counted, on: null, recordedBy: null },
      sentence: 'And 9950 more reports about the cooperation, which were only counted; the last on 12 January 2028. Nothing changed.',
    });
    expect(sentences([interview, { ...counted, number: 1 }], 'nl').at(-1)).toBe(
      'En nog 1 melding over de medewerking, op 12 januari 2028, die alleen is geteld. Er is niets veranderd.',
    );
  });
});

function sentences(entries: Parameters<typeof timelineOf>[0], language: Language): unknown[] {
  return timelineOf(entries, language).map((item) => (item as { sentence: string }).sentence);
}

/** A correction that contains another, and so on. Older code accepted these. */
function deep(levels: number): object {
  const correction = { type: 'corrected', replaces: 'fact-2', reason: 'mistake' };
  return Array.from({ length: levels }).reduce<object>((inner) => ({ ...correction, with: inner }), correction);
}
