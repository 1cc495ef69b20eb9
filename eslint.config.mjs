import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// A later block that names a rule again replaces it completely, so each fence below is built from these lists.
const clock = 'pass the instant in as an argument: previews and replays choose their own, so the domain must not read a clock';
const effects = 'hand it in, or do it in an activity: the domain computes answers and has no effects';
const sandbox = 'the workflow is replayed from its history, and a value from outside would differ the second time: do it in an activity';

const cases =
  'all cases of a worker share this module (docs/decisions/0014): keep it in an argument, or memoize it with the object that it describes (basics/memoize.ts)';

const noStateInModules = [
  ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="let"]',
  ':matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > NewExpression[callee.name=/^(Map|Set)$/][arguments.length=0]',
].map((selector) => ({ selector, message: cases }));

const globals = (names, message) => names.map((name) => ({ name, message }));
const properties = (pairs, message) => pairs.map(([object, property]) => ({ object, property, message }));
const imports = (group, message) => ({ patterns: [{ group, message }] });

const environmentIsReadOnce = [
  ...properties(
    [
      ['process', 'env'],
      ['globalThis', 'process'],
    ],
    'take the value from src/settings/environment.ts: it reads and checks every variable once, at the start, and names each wrong one',
  ),
];
const noWayRoundProcess = imports(['process', 'node:process'], 'use the global process, which the fences can see');

export default defineConfig(
  globalIgnores(['dist/', 'data/', '.cache/', 'coverage/', 'node_modules/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A forgotten await is the worst bug here: a letter is never sent, and nobody sees the failure.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': 'error',
      // A new stage, fact or refusal has to break the build in every place that depends on it, so no default may hide it.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `void` before a promise shows that the missing await is intended. Event handlers are arrows that return void.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // The package marks this function so that it stands out. The embedded issuer is plain http on this machine, and needs it.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', name: 'allowInsecureRequests', package: 'openid-client' }] },
      ],
      // async without await turns a throw into a rejection, which an interface with promises asks for.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: ['error', 'always'],
      'no-restricted-properties': ['error', ...environmentIsReadOnce],
      'no-restricted-imports': ['error', noWayRoundProcess],
      // A longer file covers two subjects.
      'max-lines': ['error', 250],
    },
  },

  { files: ['src/settings/environment.ts', 'src/commands/utc.ts'], rules: { 'no-restricted-properties': 'off' } },

  {
    files: ['src/domain/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...globals(['process', 'console', 'fetch', 'Buffer', 'crypto', 'require'], effects),
        ...globals(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance'], clock),
      ],
      'no-restricted-properties': [
        'error',
        ...environmentIsReadOnce,
        ...properties(
          [
            ['Date', 'now'],
            ['performance', 'now'],
          ],
          clock,
        ),
        ...properties(
          [
            ['Math', 'random'],
            ['crypto', 'randomUUID'],
          ],
          'the same facts must give the same case file each time they are folded',
        ),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clock },
        { selector: "CallExpression[callee.name='Date']", message: clock },
        ...noStateInModules,
      ],
      'no-restricted-imports': ['error', imports(['node:*', 'process', 'fs', 'crypto'], effects)],
    },
  },

  {
    files: ['src/workflows/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...globals(['process', 'fetch', 'Buffer', 'crypto', 'require'], sandbox),
        ...globals(['console'], 'use log of @temporalio/workflow: it is silent while a history is replayed'),
        ...globals(
          ['setTimeout', 'setInterval', 'setImmediate'],
          'use condition() or sleep() with a summary: the Temporal UI has to show the one timer of a case',
        ),
      ],
      'no-restricted-imports': ['error', imports(['node:*', 'process', 'fs', 'crypto'], sandbox)],
      'no-restricted-syntax': ['error', ...noStateInModules],
    },
  },

  {
    files: ['test/**'],
    rules: {
      // A test reads answers of any shape, and a table of test cases may be long.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-properties': 'off',
      'max-lines': ['error', 400],
    },
  },

  // The processes that the benchmark starts get its own environment.
  { files: ['bench/processes/child.ts'], rules: { 'no-restricted-properties': 'off' } },
);
