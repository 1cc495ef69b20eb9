import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { workflowBundlePath } from '../support/workflowBundle';

// The sandbox loads and runs the whole bundle, so it must contain nothing else.
describe('the bundle of the workflows', () => {
  const bundle = readFileSync(workflowBundlePath, 'utf8');
  const modules = [...bundle.matchAll(/^\/\*\*\*\/ "([^"]+)"/gm)].map(([, name = '']) => name);
  const ours = modules.filter((name) => name.startsWith('./src/'));

  it('contains the pathway and the domain', () => {
    expect(ours).toEqual(
      expect.arrayContaining(['./src/workflows/pathway.ts', './src/domain/rules/stages.ts', './src/domain/notifications/agenda.ts']),
    );
  });

  it('contains no other code of ours than the workflows, the domain and the failure converter', () => {
    expect(ours.filter((name) => !/^\.\/src\/(workflows|domain)\/|\/privacy\/failureConverter\.ts$/.test(name))).toEqual([]);
  });

  it.each([
    ['zod, which would make each case eight times as heavy', /node_modules\/zod\//],
    [
      'what has an effect: mail, the API, clients and workers',
      /node_modules\/(nodemailer|express|jose|pino|@temporalio\/(client|worker|activity))\//,
    ],
    ['editions: they travel with the case', /src\/domain\/editions\//],
  ])('does not contain %s', (_, pattern) => {
    expect(modules.filter((name) => pattern.test(name))).toEqual([]);
  });

  it('uses no other part of Node than the sandbox has', () => {
    const inTheSandbox = ['assert', 'url', 'util'];
    const asked = modules.map((name) => name.replace(/^external "?/, '').replace(/^node:/, '')).filter((name) => isBuiltin(name));
    expect(asked.filter((name) => !inTheSandbox.includes(name))).toEqual([]);
  });
});
