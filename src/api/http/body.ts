import express, { type Request, type RequestHandler, type Response } from 'express';
import type { ProblemCode } from '../problems/problems';
import { Problem } from '../problems/problem';

const mostBytes = 100 * 1024;
const json: RequestHandler = express.json({ limit: mostBytes, type: 'application/json' });

/** The body of a request, parsed; throws a `Problem` where it is not JSON as it says it is. */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  const isEmpty = request.get('Content-Length') === '0';
  if (!isEmpty && request.is('application/json') === false) throw new Problem('wrong-content-type');
  // The parser would answer only once the whole body has come.
  if (Number(request.get('Content-Length')) > mostBytes) throw new Problem('too-large');
  await new Promise<void>((resolve, reject) => {
    void json(request, response, (error?: unknown) => (error instanceof Error ? reject(problemWith(error)) : resolve()));
  });
  return request.body;
}

/** A body that the parser cannot read is the caller's fault: too large, of another encoding or charset, or not what its headers say. */
function problemWith(error: Error & { readonly status?: unknown }): Error {
  const { status } = error;
  if (typeof status !== 'number' || status >= 500) return error;
  return new Problem(parserProblems[status] ?? 'broken-json');
}

const parserProblems: Readonly<Record<number, ProblemCode>> = { 413: 'too-large', 415: 'wrong-content-type' };
