import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { bareQueue, bareType, look, tell, type BareStart } from '../bare/messages';

/** The settings of the naive service. */
export interface NaiveSettings {
  readonly port: number;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly tokens: { readonly issuer: string; readonly audience: string };
}

const intake = z.object({
  office: z.string(),
  indication: z.object({ observedOn: z.iso.date(), by: z.string() }),
  person: z.object({ residence: z.string(), ageGroup: z.string(), nationality: z.string() }),
});
const taskCompleted = z.object({ type: z.literal('taskCompleted'), task: z.string() });
const discovery = z.object({ jwks_uri: z.url() });

const ninetyDaysMs = 90 * 24 * 3_600_000;

/**
 * The service that any team would write first, around the bare workflow. It uses express, a token checked by jose, a body checked by zod
 * and one call to the engine, and answers in JSON. It knows no rules and no roles, and encrypts nothing.
 */
async function serve({ port, temporal, tokens }: NaiveSettings): Promise<void> {
  const connection = await Connection.connect({ address: temporal.address });
  const { workflow } = new Client({ connection, namespace: temporal.namespace });
  const app = express();
  app.use(await loggedIn(tokens), express.json());
  app.post('/cases', async ({ body }, response) => {
    intake.parse(body);
    const id = `naive-${randomUUID()}`;
    const start: BareStart = { wakeAt: Date.now() + ninetyDaysMs, paddingBytes: 0 };
    await workflow.start(bareType, { workflowId: id, taskQueue: bareQueue, args: [start] });
    response.status(201).json({ id });
  });
  app.post('/cases/:id/facts', async ({ params, body }, response) => {
    const { task } = taskCompleted.parse(body);
    response.status(201).json(await workflow.getHandle(params.id).executeUpdate(tell, { args: [task] }));
  });
  app.get('/cases/:id', async ({ params }, response) => {
    response.json(await workflow.getHandle(params.id).query(look));
  });
  app.use(failed);
  // The benchmark waits for this line.
  app.listen(port, '127.0.0.1', () => console.error('the naive service listens'));
}

async function loggedIn({ issuer, audience }: NaiveSettings['tokens']): Promise<RequestHandler> {
  const published = await fetch(`${issuer}/.well-known/openid-configuration`);
  const keys = createRemoteJWKSet(new URL(discovery.parse(await published.json()).jwks_uri));
  return async ({ headers }, _, next) => {
    await jwtVerify(headers.authorization?.replace('Bearer ', '') ?? '', keys, { issuer, audience });
    next();
  };
}

const failed: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const status = error instanceof errors.JOSEError ? 401 : error instanceof z.ZodError ? 400 : 500;
  response.status(status).json({ error: String(error) });
};

void serve(JSON.parse(process.argv[2] ?? '') as NaiveSettings);
