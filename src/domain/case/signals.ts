/* Signals of other systems. */

import { dateOf, isPlainDate, type Instant, type PlainDate } from '../basics/calendar';
import { hasRoomForSignal } from './bounds';
import { countSignal, intakeOf, keepSignal, record, situationAt, type CaseFile } from './caseFile';
import { cooperationForms, type Fact } from '../facts/catalogue';
import { idShape } from '../basics/ids';
import type { Caller } from '../basics/roles';
import { Refusal } from '../basics/refusal';

/**
 * The case after a signal about the person's answer. A signal carries no proof of its sender and cannot be refused.
 * `cooperates` goes through the rule of the fact. A decline has consequences, so it is kept and somebody asks the person.
 * An impossible or malformed signal is kept and changes nothing (docs/http.md, signals).
 */
export function receiveSignal(file: CaseFile, payload: unknown, receivedAt: Instant): CaseFile {
  const answer = wellFormed(payload);
  if (answer === null) return keepSignal(file, { type: 'signalMalformed', receivedAt });
  const kept = (type: 'declineSignalled' | 'signalNotPossible') => keepSignal(file, { type, receivedAt, answer });
  const by = callerOf(file, answer.recordedBy, receivedAt);
  const on = answer.on ?? dateOf(receivedAt);
  if (by === null || on > dateOf(receivedAt) || on < intakeOf(file).indication.observedOn) return kept('signalNotPossible');
  if (answer.answer === 'declines') {
    return kept(situationAt(file, receivedAt).stage === 'closed' ? 'signalNotPossible' : 'declineSignalled');
  }
  const { form, awaitsAsylumDecision } = answer;
  const fact = { type: 'cooperated' as const, on, form, ...(awaitsAsylumDecision === undefined ? {} : { awaitsAsylumDecision }) };
  const after = record(file, { fact, by, receivedAt });
  if (after instanceof Refusal) return kept('signalNotPossible');
  const { stage, cooperation } = situationAt(file, receivedAt);
  const changesTheCase = cooperation === null || after.situation.stage !== stage;
  // A system that repeats its yes without end leaves room for the facts of people.
  return changesTheCase || hasRoomForSignal(file.entries, false) ? after : countSignal(file, receivedAt);
}

type Answer = { readonly recordedBy: string; readonly on: PlainDate | undefined } & (
  | { readonly answer: 'declines' }
  | { readonly answer: 'cooperates'; readonly form: Fact<'cooperated'>['form']; readonly awaitsAsylumDecision: boolean | undefined }
);

function wellFormed(payload: unknown): Answer | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const { answer, form, awaitsAsylumDecision, on, recordedBy, ...unknown } = payload as Readonly<Record<string, unknown>>;
  if (typeof recordedBy !== 'string' || !idShape.test(recordedBy) || Object.keys(unknown).length > 0) return null;
  if (on !== undefined && !(typeof on === 'string' && isPlainDate(on))) return null;
  const knownForm = cooperationForms.find((each) => each === form);
  if (form !== undefined && knownForm === undefined) return null;
  if (awaitsAsylumDecision !== undefined && typeof awaitsAsylumDecision !== 'boolean') return null;
  if (answer === 'declines') return { answer, recordedBy, on };
  return answer === 'cooperates' && knownForm !== undefined ? { answer, form: knownForm, awaitsAsylumDecision, recordedBy, on } : null;
}

/** The team's police officer, or a prosecutor; nobody else's word is taken, and theirs is not while they may not know of the case. */
function callerOf(file: CaseFile, id: string, receivedAt: Instant): Caller | null {
  if (file.situation.hidden) return null;
  const { office, team } = situationAt(file, receivedAt);
  if (team.police?.staffId === id) return { id, roles: ['police'], office };
  return file.start.prosecutors.includes(id) ? { id, roles: ['prosecution'] } : null;
}
