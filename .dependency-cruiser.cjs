// Who may import whom. A rule that is in the way is a question about the design: read its comment before changing it.

const npm = '(?:^|/)node_modules/(?:@types/)?';
const anyOf = (...names) => `${npm}(?:${names.join('|')})/`;
const npmKinds = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** Every npm package but these. */
const onlyPackages = (name, folder, comment, ...names) =>
  rule(name, comment, { path: folder }, { dependencyTypes: npmKinds, pathNot: anyOf(...names) });

/** A rule for each room of a folder: it imports only from the rooms before it. Files beside the rooms belong to no room. */
const roomsAskDownwards = (folder, rooms) =>
  rooms.map((room, place) =>
    rule(
      `${folder}-${room}-asks-downwards`,
      `A room of src/${folder} imports only from the rooms before it (${rooms.join(', ')}): move what both rooms need to the lower one.`,
      { path: `^src/${folder}/${room}/` },
      { path: `^src/${folder}/`, pathNot: `^src/${folder}/(${rooms.slice(0, place + 1).join('|')})/` },
    ),
  );

module.exports = {
  forbidden: [
    ...roomsAskDownwards('domain', ['basics', 'facts', 'state', 'policy', 'plan', 'rules', 'case', 'words', 'notifications', 'views']),
    ...roomsAskDownwards('api', ['problems', 'auth', 'http', 'responses', 'routes']),
    rule(
      'no-circular',
      'Two files that need each other are one thought, or a third one is missing: move what both need into a file of its own.',
      {},
      { circular: true },
    ),
    rule(
      'no-orphans',
      'Nobody imports this file and it imports nothing: remove it, or use it.',
      { orphan: true, path: '^(src|test|bench)/', pathNot: '\\.d\\.ts$' },
      {},
    ),
    rule(
      'not-to-unresolvable',
      'This import leads nowhere: a typing mistake, or a package that package.json does not name.',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'not-to-undeclared-package',
      'It works only while another package happens to bring it along: name it in package.json.',
      { path: '^(src|test|bench)/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'not-to-test',
      'What tests need is no part of the service: what both need belongs in src.',
      { path: '^src/' },
      { path: '^(test|bench)/' },
    ),

    rule(
      'domain-stands-alone',
      'The rules are readable and testable because they need nothing: pass the value in as an argument, or move the code to the folder that has the effect.',
      { path: '^src/domain/' },
      { path: '^src/', pathNot: '^src/domain/' },
    ),
    onlyPackages(
      'domain-calendar-only',
      '^src/domain/',
      'The domain is evaluated anew in every case: zod alone makes a case eight times as heavy. Only the calendar library is let in; shapes are checked by src/casework.',
      'date-fns',
      '@date-fns/tz',
    ),
    rule(
      'domain-no-node',
      'The domain runs inside the workflow sandbox, where Node is not there: ask for the value as an argument.',
      { path: '^src/domain/' },
      { dependencyTypes: ['core'] },
    ),

    rule(
      'workflows-see-the-domain-only',
      'A workflow is replayed from its history, so nothing with an effect may be in its bundle. Call an activity through src/workflows/stubs.ts; take settings from the input.',
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
      'The API and the tests import messages.ts; what it imports they get as well. It holds names and shapes, so types of the domain are all it needs.',
      { path: '^src/workflows/messages\\.ts$' },
      { path: '^src/(workflows|activities)/' },
    ),
    rule(
      'messages-know-the-domain-by-type',
      'The contract is names and shapes, no behaviour: write `import type`, or call the domain from pathway.ts. Only the calendar is let in, since a search attribute is an instant made of a date.',
      { path: '^src/workflows/messages\\.ts$' },
      { path: '^src/domain/', pathNot: '^src/domain/basics/calendar\\.ts$', dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'activities-do-not-call-up',
      'An activity does one effect with what it is handed. Settings come through createActivities(deps), facts as its argument; names shared with the workflow belong in the domain.',
      { path: '^src/activities/' },
      { path: '^src/', pathNot: '^src/(activities|domain)/' },
    ),
    onlyPackages(
      'activities-packages',
      '^src/activities/',
      'Activities speak to Temporal, to the mail server and to partners; a further package is a decision: give it a line in docs/decisions and here.',
      '@temporalio/activity',
      '@temporalio/common',
      'nodemailer',
      'standardwebhooks',
    ),
    rule(
      'only-the-mailer-knows-nodemailer',
      'One file speaks SMTP, so that what counts as refused for good is decided once: use the Mailer it makes.',
      { path: '^src/', pathNot: '^src/activities/mailer\\.ts$' },
      { path: anyOf('nodemailer') },
    ),

    rule(
      'only-the-webhook-knows-standardwebhooks',
      'One file signs and posts, so that what counts as delivered, as passing and as refused for good is decided once: use postSigned.',
      { path: '^src/', pathNot: '^src/activities/webhook\\.ts$' },
      { path: anyOf('standardwebhooks') },
    ),

    rule(
      'casework-knows-no-front-end',
      'The API is one front end of casework, and pages for people will be another: whatever both need belongs here, and no front end does.',
      { path: '^src/casework/' },
      { path: '^src/', pathNot: '^src/(casework|domain)/|^src/workflows/messages\\.ts$' },
    ),
    onlyPackages(
      'casework-packages',
      '^src/casework/',
      'Casework needs schemas, calendars and the Temporal client, and nothing of HTTP; a further package is a decision: give it a line in docs/decisions and here.',
      '@temporalio/client',
      '@temporalio/common',
      'ical-generator',
      'zod',
    ),
    rule(
      'casework-asks-ports',
      'A verb asks the interfaces in src/casework/ports, so that another implementation can take the place of Temporal: add a method there.',
      { path: '^src/casework/', pathNot: '^src/casework/temporal/' },
      { path: `^src/casework/temporal/|^src/workflows/|${anyOf('@temporalio/[^/]+')}` },
    ),
    rule(
      'requests-know-no-verb',
      'src/casework/requests turns JSON into values of the domain. It imports no verb, no port and no rule about rights: those import it.',
      { path: '^src/casework/requests/' },
      { path: '^src/casework/', pathNot: '^src/casework/requests/|^src/casework/(refused|request|installation)\\.ts$' },
    ),
    rule(
      'ports-are-interfaces',
      'A port is a promise to the verbs that any implementation can keep: types of the domain and of a request are all it needs.',
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
          '^src/casework/(temporal|ports|scheduling)/|^src/casework/(refused|ruleRefusals|installation)\\.ts$|^src/casework/requests/references\\.ts$',
      },
    ),
    rule(
      'few-speak-to-the-engine',
      'The client of Temporal is used where cases are asked and told, and where connections are opened: add a verb to casework instead.',
      { path: '^src/', pathNot: '^src/(casework/temporal|commands|simulation|embedded)/' },
      { path: anyOf('@temporalio/client') },
    ),

    rule(
      'api-is-a-thin-front-end',
      'The API turns HTTP into verbs of casework and back. It knows casework and the domain; whatever else it wants is a verb of casework, or is handed to createApp(deps).',
      { path: '^src/api/' },
      { path: '^src/', pathNot: '^src/(api|casework|domain)/|^src/errors/redactError\\.ts$' },
    ),
    rule(
      'api-knows-no-engine',
      'An implementation of the ports is chosen by src/commands: ask the verbs of src/casework/casework.ts.',
      { path: '^src/api/' },
      { path: '^src/casework/temporal/' },
    ),
    onlyPackages(
      'api-packages',
      '^src/api/',
      'The API needs HTTP, schemas of its answers and tokens; a further package is a decision: give it a line in docs/decisions and here.',
      'express',
      'express-serve-static-core',
      'jose',
      'lru-cache',
      'zod',
    ),

    rule(
      'embedded-only-starts-servers',
      'src/embedded starts what production has elsewhere. It knows servers, ports and files; what is particular to our cases is handed to it by src/commands.',
      { path: '^src/embedded/' },
      { path: '^src/(domain|workflows|casework|api|activities|commands)/' },
    ),
    rule(
      'embedded-never-in-production',
      'The commands of production must not reach the embedded servers: a demo issuer there would let anybody in. Import it from start.ts, token.ts or simulate.ts.',
      { path: '^src/commands/(api|worker|workerHealth)\\.ts$' },
      { path: '^src/embedded/', reachable: true },
    ),
    rule(
      'the-api-needs-no-worker',
      'The core of the SDK is tens of megabytes that the API never uses: what needs it belongs in runtime.ts or workers.ts.',
      { path: '^src/commands/api\\.ts$' },
      { path: anyOf('@temporalio/worker'), reachable: true },
    ),
    rule(
      'production-packages-only',
      'The production image holds no development dependency: move the package to "dependencies", or the import to src/embedded, src/simulation, start.ts, token.ts or simulate.ts.',
      { path: '^src/(?!embedded/|simulation/|commands/(?!(api|worker|workerHealth)\\.ts))' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
    ),

    rule(
      'privacy-stands-alone',
      'Client, worker, tests and replay all encrypt with the same few lines; they must not drag the rest along: hand in the key, know nothing of cases.',
      { path: '^src/privacy/' },
      { path: '^src/', pathNot: '^src/privacy/' },
    ),
    onlyPackages(
      'privacy-packages',
      '^src/privacy/',
      'Encryption uses what Node ships, so that there is nobody else to trust.',
      '@temporalio/common',
      '@temporalio/proto',
    ),
    rule(
      'privacy-node-crypto-only',
      'Encryption reads no file and no variable: the key is handed in. Only key.ts, which keeps the key, touches the disk.',
      { path: '^src/privacy/', pathNot: '^src/privacy/key\\.ts$' },
      { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    ),
    rule(
      'failure-converter-runs-in-the-sandbox',
      'The failure converter is bundled with the workflows, where Node is not there: cryptography stays in codec.ts.',
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
      'settings-are-handed-in',
      'Only commands read the settings and hand on what is needed: a part that reads them itself cannot be tested with others.',
      { path: '^src/', pathNot: '^src/(commands|embedded)/|^src/settings/environment\\.ts$' },
      { path: '^src/settings/environment\\.ts$' },
    ),
    rule(
      'nobody-imports-commands',
      'A command is where things are put together, last of all: move what is wanted into the folder it belongs to.',
      { path: '^src/', pathNot: '^src/commands/' },
      { path: '^src/commands/' },
    ),

    rule(
      'bench-measures-the-service',
      'What a test needs is made to be convenient, and would be measured with it: take it from src, as production does, or write it here.',
      { path: '^bench/' },
      { path: '^test/' },
    ),
    rule(
      'tests-run-the-bench',
      "A test of the benchmark runs its command and reads what it prints, as a person does: its parts are nobody else's.",
      { path: '^test/' },
      { path: '^bench/' },
    ),
    rule(
      'bare-workflow-stays-bare',
      'It shows what the engine costs by itself: whatever it imports is evaluated in every case, and makes ours look better than we are.',
      { path: '^bench/bare/workflow\\.ts$' },
      { pathNot: `^bench/bare/messages\\.ts$|${anyOf('@temporalio/workflow')}`, dependencyTypesNot: ['type-only'] },
    ),
    onlyPackages(
      'bare-messages-stay-bare',
      '^bench/bare/messages\\.ts$',
      'They are part of the bare workflow, which shows what the engine costs by itself.',
      '@temporalio/workflow',
    ),
    rule(
      'naive-service-stays-naive',
      'It is what a team would write without us: with our code in it, it would be measured with what ours has learnt, or with what ours costs.',
      { path: '^bench/naive/' },
      { path: '^(src|bench)/', pathNot: '^bench/bare/messages\\.ts$' },
    ),
    rule(
      'figures-do-not-take-sides',
      'The same code measures ours, the naive service and the bare engine, or the ratio says nothing: add the verb to Door, and let each door do it. Replay has no verbs, only histories.',
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
