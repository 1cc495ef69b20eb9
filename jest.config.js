// Dates are computed as on the servers, whatever zone this machine is in. Set here, it reaches every worker process of the runner.
process.env.TZ = 'UTC';

const compile = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    jsc: { parser, target: 'es2023' },
    // import() stays import(): maildev and oidc-provider can be had in no other way (`npm test` passes --experimental-vm-modules for it).
    module: { type: 'commonjs', ignoreDynamic: true },
  },
];

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/', '<rootDir>/.cache/'],
  testEnvironment: 'node',
  transform: {
    '\\.ts$': compile({ syntax: 'typescript' }),
    '/node_modules/jose/.+\\.js$': compile({ syntax: 'ecmascript' }),
  },
  // jose is published as ES modules only. Node can require() such a package, the module loader of jest cannot before Node 24.9: so it is compiled too.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts'],
  reporters: ['default', '<rootDir>/test/support/closingLine.js'],
  // The machines have two cores, and each file that needs one starts a server of its own.
  maxWorkers: 2,
  // For what hangs. A busy machine is slow, and no test says how long a thing takes.
  testTimeout: 300_000,
};
