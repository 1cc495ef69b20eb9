import type { EmbeddedConfig } from '../settings/environment';
import { dateOf, instantOf } from '../domain/basics/calendar';
import { issuerAddress } from '../embedded/issuer';
import { workflowType } from '../workflows/messages';

/** A query that shows each case once. A case that changes stage goes on in a new run, and the old run is history. */
const openCases = `WorkflowType="${workflowType}" AND ExecutionStatus="Running"`;

/** The block that `npm start` prints: all addresses, and a first request to paste. */
export function welcome({ ports, metrics, dataDir }: EmbeddedConfig): string {
  return `
The service is running; Ctrl-C ends it. Its data is kept in ${dataDir}.

  API          http://localhost:${ports.API_PORT}/v1/openapi.json
  Temporal UI  http://localhost:${ports.TEMPORAL_UI_PORT}/namespaces/default/workflows?query=${encodeURIComponent(openCases)}
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

function firstCase() {
  return {
    indication: { observedOn: dateOf(instantOf(Date.now())), by: 'police' },
    office: 'amsterdam',
    person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' },
  };
}
