import { readFileSync } from 'node:fs';
import { workflowBundlePath } from '../support/workflowBundle';

describe('the bundle of the workflows', () => {
  const bundle = readFileSync(workflowBundlePath, 'utf8');
  const modules = [...bundle.matchAll(/^\/\*\*\*\/ "(\.\/[^"]+)":?/gm)].map(([, name = '']) => name);

  it('holds the pathway and the domain', () => {
    expect(modules).toEqual(
      expect.arrayContaining([expect.stringMatching(/src\/workflows\/pathway\.ts$/), expect.stringMatching(/src\/domain\/stages\.ts$/)]),
    );
  });

  it.each([
    ['zod, which would make each case eight times as heavy', /node_modules\/zod\//],
    [
      'what has an effect: activities, mail, the API',
      /src\/(activities|api|commands|embedded)\/|node_modules\/(nodemailer|express|jose)\//,
    ],
    ['editions: they travel with the case', /src\/domain\/editions\//],
    ["Node's own modules", /external "(?:node:)?(?:fs|crypto|net|http|child_process|os|path)"/],
  ])('does not hold %s', (_, pattern) => {
    expect(modules.filter((name) => pattern.test(name))).toEqual([]);
  });
});
