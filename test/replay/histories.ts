import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { temporal } from '@temporalio/proto';

const { History } = temporal.api.history.v1;
type AHistory = temporal.api.history.v1.IHistory;

/** The recorded cases: each follows a common path. */
export const recorded = ['cooperates', 'says-nothing', 'goes-home'] as const;

/** The recording of one case: the id of its workflow, to which its payloads are bound, and the history of each run. */
export interface Recording {
  readonly workflowId: string;
  readonly histories: readonly AHistory[];
}

export function readRecording(name: string): Recording {
  const { workflowId, histories } = JSON.parse(gunzipSync(readFileSync(fileOf(name))).toString()) as {
    workflowId: string;
    histories: string[];
  };
  return { workflowId, histories: histories.map((text) => History.decode(Buffer.from(text, 'base64'))) };
}

export function writeRecording(name: string, { workflowId, histories }: Recording): void {
  const texts = histories.map((history) => Buffer.from(History.encode(history).finish()).toString('base64'));
  writeFileSync(fileOf(name), gzipSync(JSON.stringify({ workflowId, histories: texts })));
}

function fileOf(name: string): string {
  return join(__dirname, 'recorded', `${name}.json.gz`);
}
