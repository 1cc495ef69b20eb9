import { factTypes } from '../src/domain/facts/catalogue';
import { editions } from '../src/domain/policy/editions';
import { rowOf } from '../src/domain/rules';
import { filesIn, read } from './support/documents';

/** The only form of a citation: `(docs/policy.md, section 4)`, `(docs/policy.md, rule 2, fine print 12)`, `(docs/http.md, signals)`. */
const citation = /\(docs\/(policy|http)\.md, ([^()]+)\)/g;
/** Text that looks like a citation in another form, or one that leads out of the repository. */
const elsewhere =
  /docs\/(policy|http)\.md|fine print|\b(policy|contract), (section|signals|notices)|\bsections? \d+\b(?!\.)|\.\.\/shared|domain[- ]research|house[- ]style|redesign|pathway\.md/i;
const keyShape = /\b[A-Z]{2,6}(?:\d{2}|-[A-Z]{2,6}|-\d{2})\b(?!-)/g;

const places = {
  policy: [
    ...[...read('docs/policy.md').matchAll(/^## (\d+)\. /gm)].map(([, number]) => `section ${number}`),
    ...[...read('docs/policy.md').matchAll(/^\d+\. <a id="(rule|fine-print)-(\d+)"><\/a>/gm)].map(
      ([, list = '', number]) => `${list.replace('-', ' ')} ${number}`,
    ),
  ],
  http: [...read('docs/http.md').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase()),
};
const sources = [...read('docs/sources.md').matchAll(/^### (.+)$/gm)].map(([, key = '']) => key);

const code = ['src', 'test', 'bench', 'examples', 'scripts', 'deploy'].flatMap((folder) =>
  filesIn(folder, '.ts', '.cjs', '.mjs', '.sh', '.yaml'),
);
const comments = code.flatMap((file) => commentsIn(read(file)).map((text) => ({ file, text })));

describe('a citation in a comment', () => {
  it('names an existing section, rule or fine print of docs/policy.md, or a section of docs/http.md', () => {
    const cited = comments.flatMap(({ file, text }) =>
      [...text.matchAll(citation)].flatMap(([, document, named = '']) =>
        named.split(', ').map((place) => ({ file, document: document as keyof typeof places, place })),
      ),
    );
    expect(cited.length).toBeGreaterThan(20);
    expect(cited.filter(({ document, place }) => !places[document].includes(place))).toEqual([]);
  });

  it('has the one form that a search finds, and cites nothing outside this repository', () => {
    const own = comments.filter(({ file }) => file !== 'test/citations.test.ts');
    expect(own.filter(({ text }) => elsewhere.test(text.replaceAll(citation, '')))).toEqual([]);
  });
});

describe('the policy document', () => {
  it('numbers its sections, rules and fine print without a gap', () => {
    for (const kind of ['section', 'rule', 'fine print']) {
      const numbered = places.policy.filter((place) => place.startsWith(kind));
      expect(numbered).not.toEqual([]);
      expect(numbered).toEqual(numbered.map((_, index) => `${kind} ${index + 1}`));
    }
  });
});

describe('a source', () => {
  const given = [...sourcesIn(editions), ...factTypes.map((type) => rowOf(type).source), ...filesIn('src', '.ts').flatMap(literalsIn)];

  const inPolicy: readonly string[] = read('docs/policy.md').match(keyShape) ?? [];

  it('of an edition, a fact or a stage has a heading in docs/sources.md', () => {
    expect(given.length).toBeGreaterThan(100);
    expect(given.filter((source) => keysIn(source).some((key) => !sources.includes(key)))).toEqual([]);
  });

  it('in a comment has a heading in docs/sources.md', () => {
    const named = comments.flatMap(({ file, text }) => (text.match(keyShape) ?? []).map((key) => ({ file, key })));
    expect(named.filter(({ key }) => !sources.includes(key))).toEqual([]);
  });

  it('in the policy document has a heading in docs/sources.md', () => {
    expect(inPolicy.filter((key) => !sources.includes(key))).toEqual([]);
  });

  it('with a heading is used by an edition, a fact, a stage or the policy document', () => {
    const used = [...given.flatMap(keysIn), ...inPolicy];
    expect(sources.filter((key) => !used.includes(key))).toEqual([]);
  });
});

/** Each comment as one line; consecutive lines of `//` or `#` are one comment. */
function commentsIn(text: string): string[] {
  const found = text.match(/\/\*[\s\S]*?\*\/|(?:(?<![:'"`\w])(?:\/\/|#(?= )).*(?:\n\s*(?=\/\/|# ))?)+/g) ?? [];
  return found.map((comment) => comment.replaceAll(/\n\s*(?:\*|\/\/|#)? ?/g, ' '));
}

/** Every `source` in a value, at any depth. */
function sourcesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    name === 'source' && typeof inner === 'string' ? [inner] : sourcesIn(inner),
  );
}

function literalsIn(file: string): string[] {
  return [...read(file).matchAll(/\bsource: '([^']+)'/g)].map(([, source = '']) => source);
}

/** A source starts with a key or the word "ours". Each part after a semicolon may start with one too. */
function keysIn(source: string): string[] {
  const first = source.split('; ').flatMap((part) => /^[A-Z]{2}[A-Z0-9-]*/.exec(part) ?? []);
  return [...first, ...(source.match(keyShape) ?? [])];
}
