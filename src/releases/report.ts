/* The report of a rehearsal: `npm run release` asks for it. It names no case. */

import { readFile, writeFile } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { UserFacingError } from '../errors/userFacingError';

const report = z.object({
  /** The id of the namespace whose cases were rehearsed: no other installation has it, whatever its address. */
  namespace: z.string(),
  /** The build that was rehearsed. */
  target: z.string(),
  /** The newest build of the image that rehearsed it: the code, Node and time zone data that replayed. */
  image: z.string(),
  /** In UTC. */
  madeAt: z.iso.datetime(),
  openCases: z.int(),
  isRed: z.boolean(),
  counts: z.array(z.object({ number: z.int(), words: z.string(), isRed: z.boolean() })).readonly(),
});

export type Report = z.infer<typeof report>;

/** There is no report that allows this release. The message says why. */
export class NotRehearsed extends UserFacingError {
  override readonly name = 'NotRehearsed';
}

/** Cases change each day, so an older report says little; ours. */
const holdsForMs = 24 * 60 * 60 * 1_000;
/** The clock of the machine that rehearsed may be ahead by so much; ours. */
const clocksApartMs = 60_000;

/** The id of the namespace that a client works in. */
export async function namespaceOf({ workflowService, options: { namespace } }: Client): Promise<string> {
  const { namespaceInfo } = await workflowService.describeNamespace({ namespace });
  return namespaceInfo?.id ?? '';
}

export async function keepReport(file: string, { namespace, target, image, madeAt, openCases, isRed, counts }: Report): Promise<void> {
  const lines = counts.map(({ number, words, isRed: isRedLine }) => ({ number, words, isRed: isRedLine }));
  const text = `${JSON.stringify({ namespace, target, image, madeAt, openCases, isRed, counts: lines }, null, 2)}\n`;
  await writeFile(file, text).catch((error: unknown) => {
    throw new NotRehearsed(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code}`);
  });
}

/** Throws `NotRehearsed`, unless the file is a report of this build and this namespace, younger than a day, and not red. */
export async function requireReport(file: string, wanted: Pick<Report, 'target' | 'namespace'>, now: number): Promise<void> {
  const found = await readReport(file);
  if (found.target !== wanted.target)
    throw new NotRehearsed(`${file} is a report of the build ${found.target}, and not of ${wanted.target}`);
  if (found.namespace !== wanted.namespace) throw new NotRehearsed(`${file} is a report of another installation`);
  const age = now - Date.parse(found.madeAt);
  if (age > holdsForMs) throw new NotRehearsed(`${file} is older than a day: npm run rehearse makes a new one`);
  if (age < -clocksApartMs) throw new NotRehearsed(`${file} bears a time that is yet to come`);
  if (found.isRed) throw new NotRehearsed(`${file} is red: this release would break cases`);
}

async function readReport(file: string): Promise<Report> {
  try {
    return report.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    throw new NotRehearsed(`${file} is not a report of npm run rehearse`);
  }
}
