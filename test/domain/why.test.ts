import { editions } from '../../src/domain/policy/editions';
import { citedIn, sourceNames } from '../../src/domain/words/sources';
import { whyInWords } from '../../src/domain/words/why';
import { read } from '../support/documents';

const sources = [...new Set(editions.flatMap((edition) => edition.tasks.map(({ source }) => source)))];
const headings = [...read('docs/sources.md').matchAll(/^### (\S+)$/gm)].map(([, key = '']) => key);

describe('the reason of a task', () => {
  it.each([
    ['VC15 B8/3', true, 'Required by law: Aliens Circular 2000 (2015), B8/3.'],
    ['VC15 B8/3: legal aid; the days are ours', true, 'Required by law: Aliens Circular 2000 (2015), B8/3. The term is our own practice.'],
    ['VC12: the police establish a departure', false, 'Source: Aliens Circular 2000 (2012).'],
    [
      'ours; RVB15 art. 2(1)(g) for the note',
      false,
      'Source: Regulation on benefits for aliens (2015), article 2(1)(g). The term is our own practice.',
    ],
    ['ours', true, 'Required by law. The term is our own practice.'],
    ['ours', false, 'Our own practice.'],
    [undefined, false, 'Added by the team of the case.'],
  ])('of the source %j (by law: %j) is said in plain words', (source, statutory, words) => {
    expect(whyInWords({ source, statutory }, 'en')).toBe(words);
  });

  it('is in Dutch for whoever reads Dutch, and has no word of ours about the police or a duty of others', () => {
    expect(whyInWords({ source: 'VW15 art. 69(1): four weeks', statutory: true }, 'nl')).toBe(
      'Wettelijk verplicht: Vreemdelingenwet 2000 (2015), artikel 69(1).',
    );
    const inDutch = sources.map((source) => whyInWords({ source, statutory: true }, 'nl'));
    expect(inDutch.filter((words) => /\b(the|with|for|police|ours)\b/.test(words))).toEqual([]);
  });

  it('names every source that a task has, by a name for each key of docs/sources.md', () => {
    expect(sources.filter((source) => source !== 'ours' && !/^ours\b[^A-Z]*$/.test(source) && citedIn(source, 'en').length === 0)).toEqual(
      [],
    );
    const keys = sources
      .flatMap((source) => source.match(/\b[A-Z]{2,}[A-Z0-9]*(-[A-Z]+)?\b/g) ?? [])
      .filter((key) => headings.includes(key));
    expect(keys.filter((key) => !(key in sourceNames))).toEqual([]);
    expect(Object.keys(sourceNames).filter((key) => !headings.includes(key))).toEqual([]);
  });
});
