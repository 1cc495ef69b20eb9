import { ApplicationFailure } from '@temporalio/workflow';
import { isInstant, isPlainDate } from '../domain/calendar';
import { situationAt, type CaseFile, type Telling } from '../domain/caseFile';
import { factTypes } from '../domain/facts/fields';
import { Refusal } from '../domain/refusal';
import { refusalDetails } from '../domain/rules';

/** The file, or the engine's own rejection with everything the caller needs to know; only class, type and details cross the wire. */
export function orReject(answer: CaseFile | Refusal | null, file: CaseFile, telling: Telling): CaseFile {
  if (answer === null) throw ApplicationFailure.nonRetryable('not well formed', 'malformed');
  if (!(answer instanceof Refusal)) return answer;
  const details = refusalDetails(answer, situationAt(file, telling.receivedAt), telling.by, file.start.edition);
  throw ApplicationFailure.nonRetryable(answer.code, answer.code, details);
}

/** Whether an update's argument is one of ours: what the codec could not read, or somebody typed by hand, is not. */
export function isTelling(telling: unknown): telling is Telling {
  const { fact, by, receivedAt } = (telling ?? {}) as Partial<Telling>;
  const isFact = fact !== undefined && factTypes.includes(fact.type) && typeof fact.on === 'string' && isPlainDate(fact.on);
  return isFact && Array.isArray(by?.roles) && typeof by.id === 'string' && typeof receivedAt === 'string' && isInstant(receivedAt);
}
