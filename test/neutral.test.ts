import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Texts that people read name no sex: a person may be a man, and so may a member of staff. */
const pronouns = /\b(?:she|her|hers|herself|he|his|him|himself|zij|haar|haarzelf|hij|hem|hemzelf)\b/i;

const root = join(__dirname, '..');
const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

describe('texts that people read', () => {
  // A list of languages has Hebrew, `he`.
  it.each(filesIn('src', '.ts').filter((file) => !file.endsWith('isoCodes.ts')))('%s holds none that says she or he', (file) => {
    expect(textsIn(file).filter((text) => pronouns.test(text))).toEqual([]);
  });

  it.each(filesIn('examples', '.json'))('%s says neither', (file) => {
    expect(pronouns.exec(readFileSync(join(root, file), 'utf8'))).toBeNull();
  });
});

/** Every text between quotes in a source file: names, sentences, titles, descriptions, codes. */
function textsIn(file: string): readonly string[] {
  const texts: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) texts.push(node.text);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest));
  return texts;
}
