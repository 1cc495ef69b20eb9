// Dates are computed as on the servers, whatever time zone this machine has. A setting here reaches every worker process of jest.
process.env.TZ = 'UTC';

const compile = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    jsc: { parser, target: 'es2023' },
    // import() stays import(), because maildev and oidc-provider cannot be loaded in any other way. For it, `npm test` passes
    // --experimental-vm-modules.
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
    '/node_modules/(jose|openid-client|oauth4webapi)/.+\\.js$': compile({ syntax: 'ecmascript' }),
  },
  // These packages are published as ES modules only. Node can require() them, but jest cannot before Node 24.9, so jest compiles them too.
  transformIgnorePatterns: ['/node_modules/(?!(jose|openid-client|oauth4webapi)/)'],
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts'],
  reporters: ['default', '<rootDir>/test/support/closingLine.js'],
  // The machines have two cores, and many test files start a server of their own.
  maxWorkers: 2,
  // This limit is for tests that hang. A busy machine is slow, and no test asserts a duration.
  testTimeout: 300_000,
};
