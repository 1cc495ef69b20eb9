import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { uiLists } from '../src/commands/uiLists';
import { welcome } from '../src/commands/welcome';
import { embeddedConfig } from '../src/settings/environment';
import { anchorsIn, filesIn, linksIn, read, root } from './support/documents';

const readme = read('README.md');
const documents = ['README.md', 'CHANGELOG.md', ...filesIn('docs', '.md')];

describe('the documents', () => {
  it.each(documents)('%s names only existing files', (document) => {
    const links = linksIn(read(document)).filter((link) => !/^[a-z]+:/.test(link));
    expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });

  it.each(documents)('%s links only to existing headings', (document) => {
    const links = [...read(document).matchAll(/\]\(((?:[^)#\s:]+\.md)?)#([^)\s]+)\)/g)].map(([, file = '', anchor = '']) => ({
      file: file === '' ? document : join(dirname(document), file),
      anchor,
    }));
    expect(links.filter(({ file, anchor }) => !anchorsIn(read(file)).includes(anchor))).toEqual([]);
  });

  it('name only commands of package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, name = '']) => name),
    );
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('link to the Temporal UI as the banner does, so that it lists each open case once', () => {
    const [, link = ''] = /<(http:\/\/localhost:8233[^>]*)>/.exec(readme) ?? [];
    expect(welcome(embeddedConfig({}))).toContain(`${link}\n`);
    expect(decodeURIComponent(link)).toContain('WorkflowType="pathway" AND ExecutionStatus="Running"');
  });

  it('name each list of the Temporal UI, as the banner does', () => {
    const addresses = uiLists.map(({ id }) => `http://localhost:8233/lists/${id}`);
    const printed = welcome(embeddedConfig({})).split(/\s+/);
    expect(printed).toEqual(expect.arrayContaining(['http://localhost:8233/lists', ...addresses]));
    expect(addresses.filter((address) => !read('docs/operations.md').includes(`<${address}>`))).toEqual([]);
  });

  it('name every variable of the service', () => {
    const variables = [...read('.env.example').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect(variables).not.toEqual([]);
    expect(variables.filter((name) => !read('docs/operations.md').includes(`\`${name}\``))).toEqual([]);
  });

  it('show no picture that is slow to load', () => {
    const pictures = readdirSync(join(root, 'docs/pictures'));
    expect(pictures.filter((name) => readFileSync(join(root, 'docs/pictures', name)).length > 120_000)).toEqual([]);
  });
});

describe('the code in the README', () => {
  it.each([
    ['ts', 'src/workflows/pathway.ts', 'while (!run'],
    ['sh', 'examples/first-case.sh', 'send police-1'],
  ])('as %s is the code of %s', (language, file, beginning) => {
    expect(withoutIndents(read(file))).toContain(withoutIndents(block(language, beginning)));
  });
});

describe('the picture of the imports', () => {
  it('shows every import between folders, and no other arrow', () => {
    expect(arrowsOf(readme).sort()).toEqual(importsBetweenFolders().sort());
  });
});

/** The block of code with this beginning. */
function block(language: string, beginning: string): string {
  const from = readme.indexOf(`\`\`\`${language}\n${beginning}`);
  if (from < 0) throw new Error(`the README has no block of ${language} that begins with ${beginning}`);
  return readme.slice(readme.indexOf('\n', from), readme.indexOf('```', from + 3));
}

function withoutIndents(text: string): string {
  return text.trim().replaceAll(/^ +/gm, '');
}

/** `a --> b & c` is two arrows. */
function arrowsOf(text: string): string[] {
  return [...text.matchAll(/^ {2}(\w+) -->(?:\|[^|]+\|)? (.+)$/gm)].flatMap(([, from = '', to = '']) =>
    to.split(' & ').map((each) => `${from} --> ${each}`),
  );
}

/** The imports between the folders of src. Files beside the folders are not in the picture. */
function importsBetweenFolders(): string[] {
  const arrows = filesIn('src', '.ts').flatMap((file) =>
    [...read(file).matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, path = '']) => {
      const [from, to] = [file, join(dirname(file), path)].map((each) => relative('src', each).split('/'));
      return from?.[1] === undefined || from[0] === to?.[0] ? '' : `${from[0]} --> ${to?.[0] ?? ''}`;
    }),
  );
  return [...new Set(arrows)].filter((arrow) => existsSync(join(root, 'src', arrow.split(' --> ')[1] || '-')));
}
