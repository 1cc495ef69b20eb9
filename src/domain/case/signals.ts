import { dateOf, isPlainDate, type Instant, type PlainDate } from '../basics/calendar';
import { hasRoomForSignal } from './bounds';
import { countSignal, keepSignal, record, situationAt, type CaseFile } from './caseFile';
import { cooperationForms, type Fact } from '../facts/catalogue';
import { idShape } from '../basics/ids';
import type { Caller } from '../basics/roles';
import { Refusal } from '../basics/refusal';

/**
 * What another system signalled about her answer. A signal carries no proof of who sent it and cannot be refused:
 * `cooperates` goes through the rule of the fact; a no has consequences, so it is kept as told and somebody asks her;
 * what is not possible or not well formed is kept as such and changes nothing (docs/http.md, signals). However many come, a case takes
 * what changes it and keeps little of the rest.
 */
export function receiveSignal(file: CaseFile, told: unknown, receivedAt: Instant): CaseFile {
  const answer = wellFormed(told);
  if (answer === null) return keepSignal(file, { type: 'signalMalformed', receivedAt });
  const kept = (type: 'declineSignalled' | 'signalNotPossible') => keepSignal(file, { type, receivedAt, answer });
  const by = tellerOf(file, answer.recordedBy, receivedAt);
  const on = answer.on ?? dateOf(receivedAt);
  if (by === null || on > dateOf(receivedAt) || on < file.start.indication.observedOn) return kept('signalNotPossible');
  if (answer.answer === 'declines') {
    return kept(situationAt(file, receivedAt).stage === 'closed' ? 'signalNotPossible' : 'declineSignalled');
  }
  const heard = record(file, { fact: { type: 'cooperated', on, form: answer.form }, by, receivedAt });
  if (heard instanceof Refusal) return kept('signalNotPossible');
  const { stage, cooperation } = situationAt(file, receivedAt);
  const changesHerCase = cooperation === null || heard.situation.stage !== stage;
  // A system that repeats its yes without end leaves room for what people tell.
  return changesHerCase || hasRoomForSignal(file.entries, false) ? heard : countSignal(file, receivedAt);
}

type Answer = { readonly recordedBy: string; readonly on: PlainDate | undefined } & (
  { readonly answer: 'declines' } | { readonly answer: 'cooperates'; readonly form: Fact<'cooperated'>['form'] }
);

function wellFormed(told: unknown): Answer | null {
  if (typeof told !== 'object' || told === null) return null;
  const { answer, form, on, recordedBy, ...unknown } = told as Readonly<Record<string, unknown>>;
  if (typeof recordedBy !== 'string' || !idShape.test(recordedBy) || Object.keys(unknown).length > 0) return null;
  if (on !== undefined && !(typeof on === 'string' && isPlainDate(on))) return null;
  const knownForm = cooperationForms.find((each) => each === form);
  if (form !== undefined && knownForm === undefined) return null;
  if (answer === 'declines') return { answer, recordedBy, on };
  return answer === 'cooperates' && knownForm !== undefined ? { answer, form: knownForm, recordedBy, on } : null;
}

/** The team's police officer, or a prosecutor; nobody else's word is taken. */
function tellerOf(file: CaseFile, id: string, receivedAt: Instant): Caller | null {
  if (situationAt(file, receivedAt).team.police?.staffId === id) return { id, roles: ['police'] };
  return file.start.prosecutors.includes(id) ? { id, roles: ['prosecution'] } : null;
}
