import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** These texts name no sex: a person may be a man, and so may a staff member. */
const pronouns = /\b(?:she|her|hers|herself|he|his|him|himself|zij|haar|haarzelf|hij|hem|hemzelf)\b/i;

const root = join(__dirname, '..');
const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

describe('the texts that people read', () => {
  // The list of languages contains Hebrew, `he`.
  it.each(filesIn('src', '.ts').filter((file) => !file.endsWith('isoCodes.ts')))('in %s say neither she nor he', (file) => {
    expect(textsIn(file).filter((text) => pronouns.test(text))).toEqual([]);
  });

  it.each(filesIn('examples', '.json'))('in %s say neither she nor he', (file) => {
    expect(pronouns.exec(readFileSync(join(root, file), 'utf8'))).toBeNull();
  });
});

/** Every quoted text in a source file: names, sentences, titles, descriptions, codes. */
function textsIn(file: string): readonly string[] {
  const texts: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) texts.push(node.text);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest));
  return texts;
}
