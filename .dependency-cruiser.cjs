// These rules say which folder may import which. If a rule is in your way, the design is in question: read its reason before you change it.

const npm = '(?:^|/)node_modules/(?:@types/)?';
const anyOf = (...names) => `${npm}(?:${names.join('|')})/`;
const npmKinds = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** Forbids every npm package except the named ones. */
const onlyPackages = (name, folder, comment, ...names) =>
  rule(name, comment, { path: folder }, { dependencyTypes: npmKinds, pathNot: anyOf(...names) });

/** Makes a rule for each room of a folder: it imports only from the rooms before it. Files beside the rooms belong to no room. */
const roomsImportDownwards = (folder, rooms) =>
  rooms.map((room, place) =>
    rule(
      `${folder}-${room}-imports-downwards`,
      `A room of src/${folder} imports only from the rooms before it (${rooms.join(', ')}): move what both rooms need to the lower one.`,
      { path: `^src/${folder}/${room}/` },
      { path: `^src/${folder}/`, pathNot: `^src/${folder}/(${rooms.slice(0, place + 1).join('|')})/` },
    ),
  );

const domainRooms = ['basics', 'facts', 'state', 'policy', 'plan', 'rules', 'rights', 'case', 'words', 'notifications', 'views'];

module.exports = {
  forbidden: [
    ...roomsImportDownwards('domain', domainRooms),
    rule(
      'domain-has-its-rooms',
      'No order binds a file beside the rooms of the domain, or a file in an unknown room: file it in a room, or add the room to the list.',
      {},
      { path: '^src/domain/', pathNot: `^src/domain/(${domainRooms.join('|')})/` },
    ),
    ...roomsImportDownwards('api', ['problems', 'http', 'responses', 'routes']),
    rule(
      'no-circular',
      'Two files that need each other belong together, or a third file is missing: move the shared part into a file of its own.',
      {},
      { circular: true },
    ),
    rule(
      'no-orphans',
      'No file imports this one, and it imports nothing: remove it, or use it.',
      { orphan: true, path: '^(src|test|bench)/', pathNot: '\\.d\\.ts$' },
      {},
    ),
    rule(
      'not-to-unresolvable',
      'This import does not resolve: correct the spelling, or name the package in package.json.',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'not-to-undeclared-package',
      'The package is installed only because another package needs it: name it in package.json.',
      { path: '^(src|test|bench)/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'not-to-test',
      'Test code is no part of the service: code that both need belongs in src.',
      { path: '^src/' },
      { path: '^(test|bench)/' },
    ),

    rule(
      'domain-stands-alone',
      'The domain is readable and testable because it depends on nothing: pass the value in, or move the code to the folder that has the effect.',
      { path: '^src/domain/' },
      { path: '^src/', pathNot: '^src/domain/' },
    ),
    onlyPackages(
      'domain-calendar-only',
      '^src/domain/',
      'Each case evaluates the domain anew, and zod alone makes a case eight times as heavy. Only the calendar library is allowed; src/casework checks shapes.',
      'date-fns',
      '@date-fns/tz',
    ),
    rule(
      'domain-no-node',
      'The domain runs inside the workflow sandbox, which has no Node: take the value as an argument.',
      { path: '^src/domain/' },
      { dependencyTypes: ['core'] },
    ),

    rule(
      'workflows-see-the-domain-only',
      'A workflow is replayed from its history, so its bundle may contain no effects. Call an activity through src/workflows/stubs.ts; take settings from the input.',
      { path: '^src/workflows/' },
      { path: '^src/', pathNot: '^src/(workflows|domain|activities)/' },
    ),
    rule(
      'workflows-know-activities-by-type',
      'Importing an activity as a value puts the mailer into the workflow bundle: write `import type` and call it through src/workflows/stubs.ts.',
      { path: '^src/workflows/' },
      { path: '^src/activities/', dependencyTypesNot: ['type-only'] },
    ),
    onlyPackages(
      'workflows-temporal-only',
      '^src/workflows/',
      'Modules of the bundle are evaluated in every case and must be deterministic: do it in an activity, or in the domain without a library.',
      '@temporalio/workflow',
      '@temporalio/common',
    ),
    rule(
      'workflows-no-node',
      'The sandbox has no Node, and the bundler refuses it at start: do it in an activity.',
      { path: '^src/workflows/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'messages-are-a-contract',
      'The API and the tests import messages.ts, and with it everything that it imports. It holds names and shapes, so it needs only types of the domain.',
      { path: '^src/workflows/messages\\.ts$' },
      { path: '^src/(workflows|activities)/' },
    ),
    rule(
      'messages-know-the-domain-by-type',
      'The contract is names and shapes, no behaviour: write `import type`, or call the domain from pathway.ts. Only the calendar is allowed, since a search attribute is an instant made from a date.',
      { path: '^src/workflows/messages\\.ts$' },
      { path: '^src/domain/', pathNot: '^src/domain/basics/calendar\\.ts$', dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'activities-do-not-call-up',
      'An activity has one effect. It gets its settings through createActivities(deps) and the facts as its argument. Names that it shares with the workflow belong in the domain.',
      { path: '^src/activities/' },
      { path: '^src/', pathNot: '^src/(activities|domain)/' },
    ),
    onlyPackages(
      'activities-packages',
      '^src/activities/',
      'Activities speak to Temporal, to the mail server and to partners. A further package is a decision: give it a line in docs/decisions and here.',
      '@temporalio/activity',
      '@temporalio/common',
      'nodemailer',
      'standardwebhooks',
    ),
    rule(
      'only-the-mailer-knows-nodemailer',
      'One file speaks SMTP, so that one place decides when a mail is refused for good: use its Mailer.',
      { path: '^src/', pathNot: '^src/activities/mailer\\.ts$' },
      { path: anyOf('nodemailer') },
    ),

    rule(
      'only-the-webhook-knows-standardwebhooks',
      'One file signs and posts, so that one place decides whether a notice is delivered, to be tried again or refused for good: use postSigned.',
      { path: '^src/', pathNot: '^src/activities/webhook\\.ts$' },
      { path: anyOf('standardwebhooks') },
    ),

    rule(
      'casework-knows-no-front-end',
      'The API is one front end of casework, and pages for people will be another. Code that both need belongs here, and imports no front end.',
      { path: '^src/casework/' },
      { path: '^src/', pathNot: '^src/(casework|statistics|domain)/|^src/workflows/messages\\.ts$|^src/privacy/keyErrors\\.ts$' },
    ),
    onlyPackages(
      'casework-packages',
      '^src/casework/',
      'Casework needs schemas, calendars and the Temporal client, and no HTTP. A further package is a decision: give it a line in docs/decisions and here.',
      '@temporalio/client',
      '@temporalio/common',
      'ical-generator',
      'zod',
    ),
    rule(
      'casework-asks-ports',
      'A verb calls the interfaces in src/casework/ports, so that another implementation can replace Temporal: add a method there.',
      { path: '^src/casework/', pathNot: '^src/casework/temporal/' },
      { path: `^src/casework/temporal/|^src/workflows/|${anyOf('@temporalio/[^/]+')}` },
    ),
    rule(
      'requests-know-no-verb',
      'src/casework/requests turns JSON into values of the domain. It imports no verb and no port: those import it.',
      { path: '^src/casework/requests/' },
      { path: '^src/casework/', pathNot: '^src/casework/requests/|^src/casework/(refused|request|installation)\\.ts$' },
    ),
    rule(
      'ports-are-interfaces',
      'A port is an interface for the verbs that any implementation can offer. It needs only types of the domain and of a request.',
      { path: '^src/casework/ports/' },
      { path: '^src/', pathNot: '^src/casework/ports/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'temporal-knows-no-verb',
      'src/casework/temporal implements the ports. It carries out what a verb has checked, and imports no verb and no shape of a request.',
      { path: '^src/casework/temporal/' },
      {
        path: '^src/casework/',
        pathNot:
          '^src/casework/(temporal|ports|scheduling)/|^src/casework/(refused|refusedByRule|installation)\\.ts$|^src/casework/requests/references\\.ts$',
      },
    ),
    rule(
      'few-speak-to-the-engine',
      'Only the code that reaches cases or opens connections uses the client of Temporal: add a verb to casework instead.',
      { path: '^src/', pathNot: '^src/(casework/temporal|commands|releases|simulation|embedded)/' },
      { path: anyOf('@temporalio/client') },
    ),

    rule(
      'releases-move-cases',
      'A release keeps builds and lets cases go over from one to another. It records no fact and answers nobody: src/commands hands it what else it needs.',
      { path: '^src/releases/' },
      { path: '^src/', pathNot: '^src/(releases|workflows|domain|privacy|store|errors|casework/temporal)/|^src/casework/refused\\.ts$' },
    ),

    rule(
      'statistics-count-and-draw',
      'Statistics turn counts into tables, sheets and charts. They ask nobody and know no case: the counts are handed in.',
      { path: '^src/statistics/' },
      { path: '^src/', pathNot: '^src/(statistics|domain)/' },
    ),
    onlyPackages(
      'statistics-packages',
      '^src/statistics/',
      'Statistics need charts, and a solver for what may be published. A further package is a decision: give it a line in docs/decisions and here.',
      'echarts',
      'highs',
    ),
    rule(
      'charts-are-loaded-on-first-use',
      'The library of charts is large: write `await import` in svg.ts, and `import type` elsewhere.',
      { path: '^src/' },
      { path: anyOf('echarts'), dependencyTypesNot: ['type-only', 'dynamic-import'] },
    ),
    rule(
      'register-keeps-what-cases-say',
      'The register seals what the domain says of a case, and reads it back for the ports of casework. It asks no engine and knows no front end.',
      { path: '^src/register/' },
      { path: '^src/', pathNot: '^src/(register|domain|privacy|store|casework/ports)/|^src/casework/(refused|installation)\\.ts$' },
    ),

    rule(
      'api-is-a-thin-front-end',
      'The API turns HTTP into verbs of casework and back. It knows casework, the forms of statistics, the login and the domain. Everything else is a verb of casework, or is handed to createApp(deps).',
      { path: '^src/api/' },
      { path: '^src/', pathNot: '^src/(api|casework|statistics|login|domain)/|^src/errors/redactError\\.ts$' },
    ),
    rule(
      'api-knows-no-engine',
      'src/commands chooses the implementation of the ports: call the verbs of src/casework/casework.ts.',
      { path: '^src/api/' },
      { path: '^src/casework/temporal/' },
    ),
    onlyPackages(
      'api-packages',
      '^src/api/',
      'The API needs HTTP and schemas of its answers. A further package is a decision: give it a line in docs/decisions and here.',
      'express',
      'express-serve-static-core',
      'zod',
    ),

    rule(
      'login-knows-nobody-s-work',
      'The login says who somebody is, for every front end alike. It knows the roles of the domain, and nothing of cases: hand it what else it needs.',
      { path: '^src/login/' },
      { path: '^src/', pathNot: '^src/login/|^src/domain/basics/' },
    ),
    onlyPackages(
      'login-packages',
      '^src/login/',
      'The login needs tokens, OpenID Connect, sessions and a limit for each caller. A further package is a decision: give it a line in docs/decisions and here.',
      'express',
      'express-serve-static-core',
      'express-session',
      'jose',
      'lru-cache',
      'openid-client',
      'rate-limiter-flexible',
      'zod',
    ),
    rule(
      'only-the-login-knows-openid-connect',
      'One folder speaks OpenID Connect and reads tokens, so that one place decides who is let in: use src/login. The embedded issuer is the other side.',
      { path: '^src/', pathNot: '^src/login/' },
      { path: anyOf('openid-client', 'jose') },
    ),
    rule(
      'only-the-login-keeps-sessions',
      'One file says how a session is kept, and for how long: use src/login/session.ts.',
      { path: '^src/', pathNot: '^src/login/session\\.ts$|^src/login/sessionStore\\.ts$' },
      { path: anyOf('express-session') },
    ),

    rule(
      'door-asks-who-and-which-case',
      'The door lets people look at what Temporal keeps, and decodes it for who may. It needs logins, keys, the store and the table of rights, and no verb of casework.',
      { path: '^src/door/' },
      { path: '^src/', pathNot: '^src/(door|login|privacy|store|domain/(basics|rights))/|^src/errors/redactError\\.ts$' },
    ),
    onlyPackages(
      'door-packages',
      '^src/door/',
      'The door needs HTTP and the payloads of Temporal. A further package is a decision: give it a line in docs/decisions and here.',
      '@temporalio/common',
      'express',
      'express-serve-static-core',
      'zod',
    ),

    rule(
      'embedded-only-starts-servers',
      'src/embedded starts servers that production has elsewhere. It knows servers, ports and files; src/commands hands it everything about cases.',
      { path: '^src/embedded/' },
      { path: '^src/(domain|workflows|casework|api|activities|commands)/' },
    ),
    rule(
      'embedded-never-in-production',
      'The commands of production must not reach the embedded servers, since a demo issuer there would let anybody in. Import it from start.ts, token.ts or simulate.ts.',
      {
        path: '^src/commands/(api|door|worker|workerHealth|migrate|keysRewrap|auditVerify|rehearse|release|registerRebuild|registerCompare|statisticsImport)\\.ts$',
      },
      { path: '^src/embedded/', reachable: true },
    ),
    rule(
      'the-api-needs-no-worker',
      'The core of the SDK takes tens of megabytes, and the API uses it for its metrics alone: code that needs it belongs in runtime.ts or workers.ts.',
      { path: '^src/commands/(runFrontEnd|serveApi)\\.ts$' },
      { path: anyOf('@temporalio/worker'), reachable: true },
    ),
    rule(
      'metrics-load-the-core-on-demand',
      'An API that nobody asks for metrics does without the core of the SDK: write `await import`.',
      { path: '^src/commands/(api|openMeters)\\.ts$' },
      { path: '^src/commands/runtime\\.ts$', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    ),
    rule(
      'production-packages-only',
      'The production image holds no development dependency: move the package to "dependencies", or the import to src/embedded, src/simulation, start.ts, token.ts or simulate.ts.',
      {
        path: '^src/(?!embedded/|simulation/|commands/(?!(api|door|worker|workerHealth|migrate|keysRewrap|auditVerify|rehearse|release|registerRebuild|registerCompare|statisticsImport)\\.ts))',
      },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
    ),

    rule(
      'store-stands-alone',
      'The store keeps rows and knows no case: what a row means is known where it is made. Values are handed in.',
      { path: '^src/store/' },
      { path: '^src/', pathNot: '^src/store/|^src/errors/userFacingError\\.ts$' },
    ),
    onlyPackages(
      'store-packages',
      '^src/store/',
      'The store speaks to PostgreSQL by pg and kysely. A further package is a decision: give it a line in docs/decisions and here.',
      'kysely',
      'pg',
    ),
    rule(
      'only-the-store-knows-sql',
      'One folder speaks SQL, so that one place knows the tables, and what a lost connection means: add a method to a table of src/store.',
      { path: '^src/', pathNot: '^src/store/' },
      { path: anyOf('kysely', 'pg') },
    ),
    rule(
      'only-embedded-knows-pglite',
      'PGlite stands in for PostgreSQL in npm start. It shares one session and loses power with its machine, so nothing else may use it.',
      { path: '^src/', pathNot: '^src/embedded/' },
      { path: `${npm}@electric-sql/` },
    ),

    rule(
      'protection-stands-alone',
      'The protection of tables is arithmetic, which can be read and proved without the service: hand it the counts.',
      { path: '^src/statistics/protection/' },
      { path: '^src/', pathNot: '^src/statistics/protection/' },
    ),
    onlyPackages(
      'protection-packages',
      '^src/statistics/protection/',
      'The protection needs a solver and nothing else. A further package is a decision: give it a line in docs/decisions and here.',
      'highs',
    ),
    rule(
      'audit-knows-no-protection',
      'The audit looks for what the protection overlooked. With code of the protection it would overlook the same: only types are shared.',
      { path: '^test/statistics/support/(audit|everyTable)\\.ts$' },
      { path: '^src/', dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'privacy-stands-alone',
      'Client, worker, tests and replay encrypt with the same few lines, which must not import the rest of the service. The key is handed in.',
      { path: '^src/privacy/' },
      { path: '^src/', pathNot: '^src/privacy/' },
    ),
    onlyPackages(
      'privacy-packages',
      '^src/privacy/',
      'Encryption uses only the cryptography of Node, so that no other supplier has to be trusted. The cache keeps keys that are in memory anyway.',
      '@temporalio/common',
      '@temporalio/proto',
      'lru-cache',
    ),
    rule(
      'privacy-node-crypto-only',
      'Encryption reads no file and no variable: the keys are handed in. Only keyFiles.ts, which keeps those of npm start, touches the disk.',
      { path: '^src/privacy/', pathNot: '^src/privacy/keyFiles\\.ts$' },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|timers/promises)$' },
    ),
    rule(
      'failure-converter-runs-in-the-sandbox',
      'The failure converter is bundled with the workflows, and their sandbox has no Node: cryptography stays in codec.ts.',
      { path: '^src/privacy/failureConverter\\.ts$' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'failure-converter-without-codec',
      'The failure converter is bundled with the workflows, and the codec needs node:crypto: keep them apart.',
      { path: '^src/privacy/failureConverter\\.ts$' },
      { path: '^src/privacy/(?!failureConverter)', dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'metrics-measure-from-outside',
      'A part is measured around its calls, by src/commands, so that no part knows that it is measured. Only types and names of the domain are needed.',
      { path: '^src/', pathNot: '^src/(metrics|commands)/' },
      { path: '^src/metrics/' },
    ),
    rule(
      'metrics-see-types',
      'The metrics know the parts that they measure by their types. Only the domain is needed itself: for the names of stages, and for times.',
      { path: '^src/metrics/' },
      { path: '^src/', pathNot: '^src/(metrics|domain)/', dependencyTypesNot: ['type-only'] },
    ),
    onlyPackages(
      'metrics-packages',
      '^src/metrics/',
      'The meter of the SDK serves our metrics beside its own. A further package is a decision: give it a line in docs/decisions and here.',
      '@temporalio/activity',
      '@temporalio/common',
    ),

    rule(
      'settings-are-handed-in',
      'Only commands read the settings, and hand each part its own. A part that reads them itself cannot be tested with other values.',
      { path: '^src/', pathNot: '^src/(commands|embedded)/|^src/settings/environment\\.ts$' },
      { path: '^src/settings/environment\\.ts$' },
    ),
    rule(
      'nobody-imports-commands',
      'Commands put all parts together, so nothing may depend on them: move the code that you need into the folder where it belongs.',
      { path: '^src/', pathNot: '^src/commands/' },
      { path: '^src/commands/' },
    ),

    rule(
      'bench-measures-the-service',
      'Test support is made for convenience, and would be measured too: import from src, as production does, or write the code here.',
      { path: '^bench/' },
      { path: '^test/' },
    ),
    rule(
      'tests-run-the-bench',
      'A test of the benchmark runs its command and reads its output, as a person does. Nothing else may use its parts.',
      { path: '^test/' },
      { path: '^bench/' },
    ),
    rule(
      'bare-workflow-stays-bare',
      'The bare workflow shows the cost of the engine alone. Each case evaluates its imports, and any import would flatter our own figures.',
      { path: '^bench/bare/workflow\\.ts$' },
      { pathNot: `^bench/bare/messages\\.ts$|${anyOf('@temporalio/workflow')}`, dependencyTypesNot: ['type-only'] },
    ),
    onlyPackages(
      'bare-messages-stay-bare',
      '^bench/bare/messages\\.ts$',
      'The messages are part of the bare workflow, which shows the cost of the engine alone.',
      '@temporalio/workflow',
    ),
    rule(
      'naive-service-stays-naive',
      'The naive service is the one that a team would write without us. With our code in it, the benchmark would measure ours against itself.',
      { path: '^bench/naive/' },
      { path: '^(src|bench)/', pathNot: '^bench/bare/messages\\.ts$' },
    ),
    rule(
      'figures-do-not-take-sides',
      'The same code measures ours, the naive service and the bare engine, or the ratio means nothing: add the verb to Contender and to each contender. Replay has no verbs, only histories.',
      { path: '^bench/figures/', pathNot: '^bench/figures/replay\\.ts$' },
      { path: '^bench/(bare/|naive/|sides/(?!side\\.ts))' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    combinedDependencies: false,
  },
};
