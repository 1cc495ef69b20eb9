import type { EmbeddedConfig } from '../settings/environment';
import { dateOf, instantOf } from '../domain/basics/calendar';
import { issuerAddress } from '../embedded/issuer';
import { listsPath } from '../door/lists';
import { openCases } from '../releases/deployment';
import { uiLists } from './uiLists';

/** The block that `npm start` prints: all addresses, and a first request to paste. */
export function welcome({ ports, metrics, dataDir }: EmbeddedConfig): string {
  return `
The service is running; Ctrl-C ends it. Its data is kept in ${dataDir}.

  API          http://localhost:${ports.API_PORT}/v1/openapi.json
  Temporal UI  http://localhost:${ports.TEMPORAL_UI_PORT}/namespaces/default/workflows?query=${encodeURIComponent(openCases)}
${listLines(ports.TEMPORAL_UI_PORT)}
  mail         http://localhost:${ports.MAIL_UI_PORT}

  Temporal     127.0.0.1:${ports.TEMPORAL_PORT}
  SMTP         127.0.0.1:${ports.SMTP_PORT}
  login        ${issuerAddress(ports.ISSUER_PORT)}
${metrics === undefined ? '' : `  metrics      http://localhost:${metrics.port}/metrics\n`}
Open a first case from another terminal, in this directory (and with the same variables, if you set any):

  curl -s http://localhost:${ports.API_PORT}/v1/pathways \\
    -H "Authorization: Bearer $(npm run --silent token -- caseworker-1)" \\
    -H 'Idempotency-Key: my-first-case' -H 'Content-Type: application/json' \\
    -d '${JSON.stringify(firstCase())}'

`;
}

/** The page that sets the columns, once in each browser, and the lists. */
function listLines(port: number): string {
  const [first, ...others] = ['', ...uiLists.map(({ id }) => `/${id}`)].map((path) => `http://localhost:${port}${listsPath}${path}`);
  return [`  lists        ${first}`, ...others.map((address) => `               ${address}`)].join('\n');
}

function firstCase() {
  return {
    indication: { observedOn: dateOf(instantOf(Date.now())), by: 'police' },
    office: 'amsterdam',
    person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' },
  };
}
