import { ApplicationFailure } from '@temporalio/workflow';
import { roomsIn } from '../domain/case/bounds';
import { isInstant, later, type Instant } from '../domain/basics/calendar';
import { situationAt, type CaseFile, type FactSubmission } from '../domain/case/caseFile';
import { isWellFormed } from '../domain/facts/wellFormed';
import { idShape, partnerIdShape } from '../domain/basics/ids';
import { roles, teamRoles, type Caller } from '../domain/basics/roles';
import { Refusal } from '../domain/basics/refusal';
import type { RecordRequest } from './messages';
import { refusalDetails } from '../domain/case/decide';
import { refusalFor } from '../domain/views/partner';
import { actingIn } from '../domain/rights/rights';
import { whereIs } from '../domain/rights/told';

/** The file after a fact, or a rejection in the engine's own form. Only class, type and details of an error cross the wire. */
export function orReject(answer: CaseFile | Refusal | null, file: CaseFile, submission: FactSubmission): CaseFile {
  if (answer === null) throw ApplicationFailure.nonRetryable('not well formed', 'malformed');
  if (!(answer instanceof Refusal)) return answer;
  const { by, receivedAt } = submission;
  const { edition } = file.start;
  const now = situationAt(file, receivedAt);
  const details = refusalDetails(answer, now, actingIn(by, whereIs(now, edition)), edition, roomsIn(file.entries));
  throw ApplicationFailure.nonRetryable(answer.code, answer.code, refusalFor(details, file, by));
}

/**
 * Whether an update's argument is a submission of ours. The codec may have failed to read it, or somebody typed it by hand. A recorded
 * fact stays for ever, so nothing is recorded that the rules cannot read or that has no bound.
 */
export function isRecordRequest(request: unknown, now: Instant): request is RecordRequest {
  const { fact, by, receivedAt, key, trace, officeTeam, language } = recordOf(request);
  const hasKnownOptions =
    (key === undefined || isKey(key)) &&
    (trace === undefined || isTrace(trace)) &&
    [undefined, 'en', 'nl'].some((each) => each === language);
  return isWellFormed(fact) && isCaller(by) && isReceived(receivedAt, now) && isOfficeTeam(officeTeam) && hasKnownOptions;
}

// The clock of the receiver may be ahead of ours, but not by a day.
function isReceived(receivedAt: unknown, now: Instant): boolean {
  return typeof receivedAt === 'string' && isInstant(receivedAt) && receivedAt <= later(now, 'PT24H');
}

/** The most colleagues for whom somebody stands in; ours: more than an office has. */
const mostStoodInFor = 100;

function isCaller(by: unknown): by is Caller {
  const { id, roles: held, office, partner, standsInFor = [], ...others } = recordOf(by);
  const isName = (name: unknown, shape: RegExp) => name === undefined || (typeof name === 'string' && shape.test(name));
  const holds = Array.isArray(held) && held.length <= roles.length && held.every((role) => roles.some((each) => each === role));
  const isSomebodys = isName(office, idShape) && isName(partner, partnerIdShape);
  return isText(id) && holds && isSomebodys && areIds(standsInFor) && Object.keys(others).length === 0;
}

function areIds(ids: unknown): boolean {
  return Array.isArray(ids) && ids.length <= mostStoodInFor && ids.every((id) => typeof id === 'string' && idShape.test(id));
}

/** The default team of an office: its id, and at most one staff id for each role of a team. */
function isOfficeTeam(team: unknown): boolean {
  if (team === undefined) return true;
  const { office, members, ...others } = recordOf(team);
  return typeof office === 'string' && idShape.test(office) && isTeam(members) && Object.keys(others).length === 0;
}

function isTeam(team: unknown): boolean {
  const isMember = ([role, id]: [string, unknown]) => teamRoles.some((each) => each === role) && typeof id === 'string' && idShape.test(id);
  return typeof team === 'object' && team !== null && !Array.isArray(team) && Object.entries(team).every(isMember);
}

function isKey(key: unknown): boolean {
  const { hash, body, ...others } = recordOf(key);
  return isText(hash) && isText(body) && Object.keys(others).length === 0;
}

/** A trace of W3C Trace Context. */
function isTrace(trace: unknown): boolean {
  return typeof trace === 'string' && /^[\da-f]{32}$/.test(trace);
}

/** A text of at most the length of a token's `sub`. */
function isText(text: unknown): text is string {
  return typeof text === 'string' && text.length > 0 && text.length <= 200;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
