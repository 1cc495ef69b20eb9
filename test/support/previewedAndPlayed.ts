import fc from 'fast-check';
import { dateOf, epoch, instantOf, startOfDay, type Instant } from '../../src/domain/basics/calendar';
import type { CaseStart, FactSubmission } from '../../src/domain/case/caseFile';
import { isFact } from '../../src/domain/facts/log';
import type { RecordedFact } from '../../src/domain/facts/recordedFact';
import type { UpcomingAction } from '../../src/domain/state/upcoming';
import { dutyMailbox } from '../../src/domain/basics/roles';
import { preview } from '../../src/domain/views/preview';
import type { Line } from '../../src/simulation/lines';
import { quietFile } from '../../src/simulation/skippingServer';
import type { World } from '../../src/simulation/world';
import { pathwayQueue, recordAndShow, rest, workflowIdOf, workflowType } from '../../src/workflows/messages';
import { aCase, instantOfWhen } from './aCase';
import { attempt, someAttempts, someOpening } from './someFacts';

/** A random case: its intake, its facts with their instants, and the end of the comparison. */
export interface Story {
  readonly start: CaseStart;
  readonly told: readonly RecordedFact[];
  readonly until: Instant;
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** A start far enough ahead of the skipping clock for years of test runs; leap years stay leap years. */
const yearsAhead = 20;

/** Random cases, the same for the same seed. Teams do not change: a preview names roles, not the people who have them. */
export function someStories(numRuns: number, seed: number): Story[] {
  const stories = fc.sample(fc.tuple(someOpening, someAttempts(10)), { numRuns, seed });
  return stories.map(([opening, attempts], number) => {
    const registered = `${Number(opening.registered?.slice(0, 4)) + yearsAhead}${opening.registered?.slice(4) ?? ''}`.replace(
      '02-29',
      '02-28',
    );
    const given = aCase({ ...opening, registered, observedOn: dateOf(instantOfWhen(registered)), post: 'closed' });
    for (const each of attempts)
      attempt(given, { ...each, minutesLater: each.minutesLater % (20 * 1440) }, (type) => type !== 'teamChanged');
    const { start, entries } = given.file;
    const until = startOfDay(dateOf(instantOf(epoch(given.now) + 25 * day)));
    return { start: { ...start, reference: `BT-${seed}-${number}` }, told: entries.filter(isFact), until };
  });
}

/** The mails and notices of the preview, one a line. */
export function previewed({ start, told, until }: Story): string[] {
  const assumed = told.map(asTold).map(({ fact, by, receivedAt: at, officeTeam }) => ({ fact, by, at, officeTeam }));
  return [...preview(start, assumed, until)]
    .flat()
    .filter(({ what }) => what !== 'expiry')
    .map(asText)
    .sort();
}

/** A case as it was played: its mails and notices, one a line, and the id of its first run. */
export interface PlayedCase {
  readonly sent: readonly string[];
  readonly firstRun: string;
}

/**
 * The real workflow, worker and mail. All cases run at once on one clock, each with its own instants. `resting`: each case is asked to rest
 * after each fact.
 */
export async function played(stories: readonly Story[], world: World, { resting = false } = {}): Promise<PlayedCase[]> {
  const firstRuns = new Map<Story, string>();
  const events = stories.flatMap((story) => {
    const { registeredAt, reference } = story.start;
    return [
      { at: epoch(registeredAt), happen: async () => void firstRuns.set(story, await begin(story, world)) },
      ...story.told.map((told) => ({
        at: epoch(told.receivedAt),
        happen: async () => {
          await tell(story, told, world);
          if (resting) await world.client.workflow.getHandle(workflowIdOf(reference)).signal(rest);
        },
      })),
      { at: epoch(story.until) + minute, happen: () => end(story, world) },
    ];
  });
  for (const { at, happen } of events.sort((one, other) => one.at - other.at)) {
    await world.sleepUntil(at);
    await happen();
  }
  return stories.map((story) => {
    const { start, until } = story;
    const sent = world
      .accepted(start.reference)
      .filter(({ at }) => at <= until)
      .flatMap((line) => momentOf(line, holdersIn(story)))
      .map(asText)
      .sort();
    return { sent, firstRun: firstRuns.get(story) ?? '' };
  });
}

/** Starts a case and returns the id of its first run. */
async function begin({ start }: Story, { client }: World): Promise<string> {
  const args = [{ version: 1, start }];
  const started = { workflowId: workflowIdOf(start.reference), taskQueue: pathwayQueue, args };
  return (await client.workflow.start(workflowType, started)).firstExecutionRunId;
}

async function tell({ start }: Story, told: RecordedFact, { client }: World): Promise<void> {
  await client.workflow.getHandle(workflowIdOf(start.reference)).executeUpdate(recordAndShow, { args: [asTold(told)] });
}

/** A recorded fact as it was told: the case gave it its id, and the closing that it strikes out. */
function asTold({ id: _, strikesOut: __, by, receivedAt, key, officeTeam, ...fact }: RecordedFact): FactSubmission {
  return { fact, by, receivedAt, key, officeTeam };
}

/** Terminates a case once nothing is under way. Otherwise the clock of this server would never skip again. */
async function end({ start }: Story, { client }: World): Promise<void> {
  await quietFile(client, workflowIdOf(start.reference));
  await client.workflow.getHandle(workflowIdOf(start.reference)).terminate();
}

/** The roles with the people who hold them: from the start, or since a fact that brought them in. */
function holdersIn({ start, told }: Story): readonly (readonly [string, string])[] {
  return [start.team, ...told.map(({ officeTeam }) => officeTeam?.members ?? {})].flatMap((team) => Object.entries(team));
}

function momentOf(line: Line, holders: readonly (readonly [string, string])[]): UpcomingAction[] {
  if (line.kind === 'notice') return [{ at: line.at, what: 'notice', about: [line.notice], to: line.partner }];
  if (line.kind !== 'mail') return [];
  // Nobody is absent and everybody can be reached. A duty mailbox gets the mail for a role that nobody has.
  const to = holders.find(([, person]) => person === line.to)?.[0] ?? (line.to.includes('@') ? dutyMailbox : line.to);
  return [{ at: line.at, what: line.class, about: line.items.map(({ about }) => about), to }];
}

function asText({ at, what, about, to }: UpcomingAction): string {
  return `${at} ${what} to ${to}: ${about.join(', ')}`;
}
