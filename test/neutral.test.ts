import ts from 'typescript';
import { filesIn, read } from './support/documents';

/** The texts of the project name no sex: a person may be a man, and so may a staff member. */
const pronouns = /(?<!\p{L})(?:she|her|hers|herself|he|his|him|himself|zij|haar|haarzelf|hij|hem|hemzelf)(?!\p{L})/iu;

/** These files quote the forbidden words. The list of languages contains Hebrew, `he`. */
const quoting = ['test/neutral.test.ts', 'src/casework/requests/isoCodes.ts', 'docs/glossary.md'];
/** A caller of another system may write any text; this test sends one of that kind. */
const quoted = 'Mevrouw Verzonnen, zij zit in opvang X';

const filesOf = (folders: readonly string[], ...endings: readonly string[]) =>
  folders.flatMap((folder) => filesIn(folder, ...endings)).filter((file) => !quoting.includes(file));

describe('the texts that people read', () => {
  it.each(filesOf(['src', 'test', 'bench', 'examples'], '.ts'))('in %s say neither she nor he: strings, comments and names', (file) => {
    const source = read(file).replace(quoted, '');
    const texts = [...source.split('\n'), ...namesIn(file, source).map(asWords)];
    expect(texts.filter((text) => pronouns.test(text))).toEqual([]);
  });

  it.each([...filesOf(['examples'], '.json'), ...filesOf(['docs'], '.md'), 'README.md', 'CHANGELOG.md'])(
    'in %s say neither she nor he',
    (file) => {
      expect(pronouns.exec(read(file))).toBeNull();
    },
  );

  it('count as such in a comment and in a part of a name', () => {
    expect(['/** Somebody by his role. */', asWords('isHisDeputy'), asWords('herCase')].filter((text) => !pronouns.test(text))).toEqual([]);
    expect(['the other hero', asWords('thisPathway'), asWords('showHere')].filter((text) => pronouns.test(text))).toEqual([]);
  });
});

/** Every identifier in a source file. */
function namesIn(file: string, source: string): readonly string[] {
  const names = new Set<string>();
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
  return [...names];
}

/** `isHisDeputy` as `is His Deputy`. */
function asWords(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ');
}
